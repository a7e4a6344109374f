package io.github.tfbit.image;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * What the beginning of a picture's file says of it, without decoding: for surveys, not a check.
 *
 * @param kind of file by its first bytes
 * @param width in pixels, as stored; 0 if the beginning does not reach that far or is damaged
 * @param height in pixels, likewise
 * @param traits what else it is
 * @param orientation by EXIF, from 1 to 8; 1 is upright
 */
public record PictureHeader(
    PictureKind kind, long width, long height, Set<Trait> traits, int orientation) {
  /** What a picture may be, besides a picture. */
  public enum Trait {
    /** Has transparency, or may have. */
    ALPHA,
    /** Has several frames, of which the first counts. */
    ANIMATED,
    /** JPEG of four components, for print. */
    CMYK,
    /** Has no colours. */
    GREY,
    /** PNG of 16 bits a sample, of which the upper 8 count. */
    SIXTEEN_BITS
  }

  private static final int PNG_DEPTH = 24;
  private static final int PNG_COLOUR = 25;
  private static final int PNG_FIRST_CHUNK = 8;

  /** Copies the traits. */
  public PictureHeader {
    Objects.requireNonNull(kind, "kind");
    Set<Trait> copy = EnumSet.noneOf(Trait.class);
    copy.addAll(traits);
    traits = Collections.unmodifiableSet(copy);
  }

  /**
   * Whether the size is known.
   *
   * @return false if more bytes are needed, or the file is damaged
   */
  public boolean sized() {
    return width > 0 && height > 0;
  }

  /**
   * Reads the beginning of a file.
   *
   * @param beginning its first bytes; a few hundred are enough for most files, some tens of
   *     thousands for those that hold colour profiles or previews
   * @return what they say; never fails
   */
  public static PictureHeader of(byte[] beginning) {
    PictureKind kind = PictureKind.of(beginning);
    PictureSize size = PictureSize.of(beginning);
    Set<Trait> traits = EnumSet.noneOf(Trait.class);
    try {
      switch (kind) {
        case JPEG -> jpeg(ByteBuffer.wrap(beginning), traits);
        case PNG -> png(ByteBuffer.wrap(beginning), traits);
        case GIF -> gif(beginning, size, traits);
        case WEBP -> webp(WebpHeader.of(beginning), traits);
        case BMP, OTHER -> {}
      }
    } catch (IndexOutOfBoundsException e) {
      // Cut off: what was read before is known.
    }
    return new PictureHeader(kind, size.width(), size.height(), traits, Orientation.of(beginning));
  }

  private static void jpeg(ByteBuffer b, Set<Trait> traits) {
    JpegSegments segments = new JpegSegments(b);
    while (segments.next()) {
      if (PictureSize.isFrame(segments.marker())) {
        int components = b.get(segments.start() + 5);
        if (components == 4) {
          traits.add(Trait.CMYK);
        } else if (components == 1) {
          traits.add(Trait.GREY);
        }
        return;
      }
    }
  }

  /** Colour types 0 and 4 are grey, 4 and 6 have alpha; chunks before the pixels say the rest. */
  private static void png(ByteBuffer b, Set<Trait> traits) {
    int colour = b.get(PNG_COLOUR);
    if (colour == 0 || colour == 4) {
      traits.add(Trait.GREY);
    }
    if (colour == 4 || colour == 6) {
      traits.add(Trait.ALPHA);
    }
    if (b.get(PNG_DEPTH) == 16) {
      traits.add(Trait.SIXTEEN_BITS);
    }
    byte[] name = new byte[4];
    for (long at = PNG_FIRST_CHUNK; at + 8 <= b.limit(); ) {
      b.get((int) at + 4, name);
      switch (new String(name, StandardCharsets.ISO_8859_1)) {
        case "tRNS" -> traits.add(Trait.ALPHA);
        case "acTL" -> traits.add(Trait.ANIMATED);
        case "IDAT" -> {
          return;
        }
        default -> {}
      }
      at += 12 + Integer.toUnsignedLong(b.getInt((int) at));
    }
  }

  /** Players repeat what has this block; a second frame may lie far behind. */
  private static void gif(byte[] bytes, PictureSize size, Set<Trait> traits) {
    String start = new String(bytes, 0, Math.min(bytes.length, 1024), StandardCharsets.ISO_8859_1);
    if (start.contains("NETSCAPE2.0") || size.frames() > size.width() * size.height()) {
      traits.add(Trait.ANIMATED);
    }
  }

  private static void webp(WebpHeader header, Set<Trait> traits) {
    if (header.alpha()) {
      traits.add(Trait.ALPHA);
    }
    if (header.animated()) {
      traits.add(Trait.ANIMATED);
    }
  }
}
