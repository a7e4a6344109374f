package io.github.tfbit.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * What a WebP file's chunks say of it (WebP container specification, RFC 9649): RIFF, then VP8
 * (lossy), VP8L (lossless) or VP8X, which others follow.
 *
 * @param width in pixels: the largest that anything in the file promises
 * @param height in pixels, likewise
 * @param alpha whether there is transparency
 * @param animated whether there are several frames
 * @param whole whether it and its chunks are as long as they say
 */
record WebpHeader(long width, long height, boolean alpha, boolean animated, boolean whole) {
  private static final int FIRST_CHUNK = 12;
  private static final int CHUNK = 8;
  private static final int ALPHA_FLAG = 0x10;
  private static final int ANIMATION_FLAG = 0x02;
  private static final int FOURTEEN_BITS = 0x3FFF;
  private static final int LOSSLESS_ALPHA = 1 << 28;

  /** Frame chunks hold where and how large the frame is, then chunks of its own. */
  private static final int FRAME = 16;

  /** Reads the chunks; of what is cut off, those that are there. */
  static WebpHeader of(byte[] file) {
    ByteBuffer b = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    Reader reader = new Reader(b);
    boolean whole = false;
    try {
      whole = Integer.toUnsignedLong(b.getInt(4)) + CHUNK <= file.length;
      reader.chunks(FIRST_CHUNK, file.length, true);
      whole &= !reader.cut;
    } catch (IndexOutOfBoundsException e) {
      whole = false; // what was read before is known
    }
    return new WebpHeader(reader.width, reader.height, reader.alpha, reader.animated, whole);
  }

  /** Gathers what chunks say. */
  private static final class Reader {
    private final ByteBuffer b;
    private long width;
    private long height;
    private boolean alpha;
    private boolean animated;
    private boolean cut;

    Reader(ByteBuffer b) {
      this.b = b;
    }

    private void chunks(long from, long to, boolean outer) {
      for (long at = from; at + CHUNK <= to; ) {
        byte[] name = new byte[4];
        b.get((int) at, name);
        long length = Integer.toUnsignedLong(b.getInt((int) at + 4));
        long end = at + CHUNK + length;
        cut |= end > to;
        chunk(
            new String(name, StandardCharsets.ISO_8859_1),
            (int) at + CHUNK,
            Math.min(end, to),
            outer);
        at = at + CHUNK + length + length % 2;
      }
    }

    private void chunk(String name, int at, long end, boolean outer) {
      switch (name) {
        case "VP8X" -> {
          alpha |= (b.get(at) & ALPHA_FLAG) != 0;
          animated |= (b.get(at) & ANIMATION_FLAG) != 0;
          promise(1 + u24(at + 4), 1 + u24(at + 7));
        }
        case "VP8 " ->
            promise(b.getShort(at + 6) & FOURTEEN_BITS, b.getShort(at + 8) & FOURTEEN_BITS);
        case "VP8L" -> {
          int bits = b.getInt(at + 1);
          alpha |= (bits & LOSSLESS_ALPHA) != 0;
          promise(1 + (bits & FOURTEEN_BITS), 1 + (bits >>> 14 & FOURTEEN_BITS));
        }
        case "ALPH" -> alpha = true;
        case "ANMF" -> {
          promise(1 + u24(at + 6), 1 + u24(at + 9));
          if (outer) {
            chunks(at + (long) FRAME, end, false);
          }
        }
        default -> {}
      }
    }

    private void promise(long w, long h) {
      width = Math.max(width, w);
      height = Math.max(height, h);
    }

    private long u24(int at) {
      return Short.toUnsignedInt(b.getShort(at)) | Byte.toUnsignedLong(b.get(at + 2)) << 16;
    }
  }
}
