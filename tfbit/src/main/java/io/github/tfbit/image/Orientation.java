package io.github.tfbit.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * How a picture's pixels lie, by the EXIF data in its file: of JPEG the first APP1 segment that
 * starts with "Exif", of PNG the eXIf chunk, of WebP the EXIF chunk. What is damaged, missing or
 * out of range is upright, as other readers have it: EXIF is no reason to refuse a picture.
 */
final class Orientation {
  /** Rows from top to bottom, columns from left to right. */
  static final int UPRIGHT = 1;

  private static final int LAST = 8;

  /** Tag and type of the field in the first directory of a TIFF structure (TIFF 6.0; DC-008). */
  private static final int TAG = 0x0112;

  private static final int SHORT = 3;
  private static final int MAGIC = 42;
  private static final int ENTRY = 12;

  /** Directories have a dozen entries; a hostile one says 65,535. */
  private static final int MOST_ENTRIES = 1024;

  private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);

  private Orientation() {}

  /** The orientation, from 1 to 8; 1 where nothing says otherwise. */
  static int of(byte[] file) {
    try {
      return exif(file).map(Orientation::read).orElse(UPRIGHT);
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      return UPRIGHT;
    }
  }

  private static Optional<ByteBuffer> exif(byte[] file) {
    ByteBuffer b = ByteBuffer.wrap(file);
    return switch (PictureKind.of(file)) {
      case JPEG -> jpeg(b);
      case PNG -> chunk(b, 8, "eXIf", Integer.BYTES);
      case WEBP -> chunk(b.order(ByteOrder.LITTLE_ENDIAN), 12, "EXIF", 0);
      case GIF, BMP, OTHER -> Optional.empty();
    };
  }

  /** Segments before the first scan; each says its length. */
  private static Optional<ByteBuffer> jpeg(ByteBuffer b) {
    JpegSegments segments = new JpegSegments(b);
    while (segments.next() && segments.marker() != 0xDA) {
      if (segments.marker() == 0xE1) {
        ByteBuffer content = b.slice(segments.start(), segments.length());
        if (content.remaining() > EXIF.length && startsWith(content, EXIF)) {
          return Optional.of(content.slice(EXIF.length, content.remaining() - EXIF.length));
        }
      }
    }
    return Optional.empty();
  }

  /**
   * The content of the first chunk of a name. PNG has length, name, content and a checksum; RIFF
   * has name, length and content, padded to an even length.
   */
  private static Optional<ByteBuffer> chunk(ByteBuffer b, int first, String name, int checksum) {
    boolean riff = checksum == 0;
    byte[] wanted = name.getBytes(StandardCharsets.US_ASCII);
    long at = first;
    while (at + 8 <= b.limit()) {
      int start = (int) at;
      long length = Integer.toUnsignedLong(b.getInt(riff ? start + 4 : start));
      ByteBuffer found = b.slice(riff ? start : start + 4, wanted.length);
      if (startsWith(found, wanted)) {
        return Optional.of(
            withoutPrefix(b.slice(start + 8, (int) Math.min(length, b.limit() - at - 8))));
      }
      at += 8 + length + checksum + (riff ? length % 2 : 0);
    }
    return Optional.empty();
  }

  /** Some writers of WebP keep the prefix that JPEG has. */
  private static ByteBuffer withoutPrefix(ByteBuffer content) {
    boolean has = content.remaining() > EXIF.length && startsWith(content, EXIF);
    return has ? content.slice(EXIF.length, content.remaining() - EXIF.length) : content;
  }

  private static boolean startsWith(ByteBuffer content, byte[] prefix) {
    return content.slice(0, prefix.length).equals(ByteBuffer.wrap(prefix));
  }

  /** The field in the first directory of a TIFF structure. */
  private static int read(ByteBuffer tiff) {
    byte[] order = {tiff.get(0), tiff.get(1)};
    if (Arrays.equals(order, new byte[] {'I', 'I'})) {
      tiff.order(ByteOrder.LITTLE_ENDIAN);
    } else if (Arrays.equals(order, new byte[] {'M', 'M'})) {
      tiff.order(ByteOrder.BIG_ENDIAN);
    } else {
      return UPRIGHT;
    }
    if (tiff.getShort(2) != MAGIC) {
      return UPRIGHT;
    }
    int directory = tiff.getInt(4);
    int entries = Math.min(Short.toUnsignedInt(tiff.getShort(directory)), MOST_ENTRIES);
    for (int i = 0; i < entries; i++) {
      int at = directory + 2 + i * ENTRY;
      if (Short.toUnsignedInt(tiff.getShort(at)) == TAG && tiff.getShort(at + 2) == SHORT) {
        int value = Short.toUnsignedInt(tiff.getShort(at + 8));
        return value >= UPRIGHT && value <= LAST ? value : UPRIGHT;
      }
    }
    return UPRIGHT;
  }
}
