package io.github.tfbit.image;

import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.data.ImageException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What size a picture's header promises, read before anything is decoded: a few hundred kilobytes
 * can promise gigabytes of pixels. Not a check of the format, which the decoder makes.
 *
 * @param width in pixels
 * @param height in pixels
 * @param frames pixels of all frames together; 0 unless a GIF
 */
record PictureSize(long width, long height, long frames) {
  /**
   * The decoder unpacks every frame of a GIF, to one byte per pixel where a picture takes three.
   */
  private static final int BYTES_PER_PIXEL = 3;

  /** What a header says that is cut off or promises nothing. */
  private static final PictureSize UNKNOWN = new PictureSize(0, 0, 0);

  /** Fields of the PNG header chunk, which must be the first (PNG specification, 11.2.2). */
  private static final int PNG_WIDTH = 16;

  /**
   * Fields of BITMAPINFOHEADER after the file header of 14 bytes; a negative height is top-down.
   */
  private static final int BMP_WIDTH = 18;

  /**
   * Flags of a GIF that say that a colour table follows, and how long it is (GIF89a, 18 and 20).
   */
  private static final int GIF_TABLE = 0x80;

  /**
   * Refuses a picture of too many pixels.
   *
   * @param name of the picture in messages
   * @param bytes of the file
   * @throws ImageException if its header promises more than {@link ImageDecoder#MAX_PIXELS}
   */
  static void check(String name, byte[] bytes) throws ImageException {
    PictureSize size = of(bytes);
    boolean large = size.width() * (double) size.height() > ImageDecoder.MAX_PIXELS;
    boolean animated = size.frames() > BYTES_PER_PIXEL * ImageDecoder.MAX_PIXELS;
    if (large || animated) {
      throw new ImageException(
          new Problem(
              "a picture of at most " + ImageDecoder.MAX_PIXELS + " pixels",
              "one of "
                  + size.width()
                  + " x "
                  + size.height()
                  + (large ? "" : " with frames of " + size.frames() + " in all"),
              name,
              "make it smaller or take it out of the data"));
    }
  }

  PictureSize(long width, long height) {
    this(width, height, 0);
  }

  static PictureSize of(byte[] bytes) {
    ByteBuffer b = ByteBuffer.wrap(bytes);
    try {
      return switch (PictureKind.of(bytes)) {
        case PNG -> new PictureSize(unsigned(b, PNG_WIDTH), unsigned(b, PNG_WIDTH + Integer.BYTES));
        case BMP -> bmp(b.order(ByteOrder.LITTLE_ENDIAN));
        case GIF -> gif(b.order(ByteOrder.LITTLE_ENDIAN));
        case JPEG -> jpeg(b);
        case WEBP -> webp(bytes);
        case OTHER -> UNKNOWN;
      };
    } catch (IndexOutOfBoundsException e) {
      return UNKNOWN; // cut off: nothing to decode, as the decoder will say
    }
  }

  private static PictureSize webp(byte[] bytes) {
    WebpHeader header = WebpHeader.of(bytes);
    return new PictureSize(header.width(), header.height());
  }

  private static long unsigned(ByteBuffer b, int at) {
    return Integer.toUnsignedLong(b.getInt(at));
  }

  private static PictureSize bmp(ByteBuffer b) {
    return new PictureSize(
        Math.abs((long) b.getInt(BMP_WIDTH)), Math.abs((long) b.getInt(BMP_WIDTH + Integer.BYTES)));
  }

  /** Up to the frame header. */
  private static PictureSize jpeg(ByteBuffer b) {
    JpegSegments segments = new JpegSegments(b);
    while (segments.next()) {
      if (isFrame(segments.marker())) {
        return new PictureSize(u16(b, segments.start() + 3), u16(b, segments.start() + 1));
      }
    }
    return UNKNOWN;
  }

  /** SOF0 to SOF15 without DHT, JPG and DAC, which lie among them (ITU T.81, table B.1). */
  static boolean isFrame(int marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
  }

  /** The canvas, or the frames if they reach further: all of them are unpacked. */
  private static PictureSize gif(ByteBuffer b) {
    long width = u16(b, 6);
    long height = u16(b, 8);
    long frames = 0;
    int at = 13 + table(b.get(10));
    try {
      for (int kind = b.get(at); kind == 0x2C || kind == 0x21; kind = b.get(at)) {
        if (kind == 0x2C) {
          width = Math.max(width, u16(b, at + 5));
          height = Math.max(height, u16(b, at + 7));
          frames += (long) u16(b, at + 5) * u16(b, at + 7);
          at = afterBlocks(b, at + 11 + table(b.get(at + 9)));
        } else {
          at = afterBlocks(b, at + 2);
        }
      }
    } catch (IndexOutOfBoundsException e) {
      return new PictureSize(width, height, frames); // what is known so far
    }
    return new PictureSize(width, height, frames);
  }

  private static int table(byte flags) {
    return (flags & GIF_TABLE) == 0 ? 0 : 3 << (1 + (flags & 7));
  }

  private static int afterBlocks(ByteBuffer b, int start) {
    int at = start;
    while (b.get(at) != 0) {
      at += 1 + Byte.toUnsignedInt(b.get(at));
    }
    return at + 1;
  }

  private static int u16(ByteBuffer b, int at) {
    return Short.toUnsignedInt(b.getShort(at));
  }
}
