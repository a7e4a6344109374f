package io.github.tfbit.image;

import java.nio.ByteBuffer;

/**
 * Walks over the marker segments of a JPEG file, any number of fill bytes between them (ITU T.81,
 * B.1.1). Ends where the bytes do.
 */
final class JpegSegments {
  private final ByteBuffer bytes;
  private int at = 2;
  private int marker;
  private int start;
  private int length;

  /** Starts behind the marker of the picture's start. */
  JpegSegments(ByteBuffer bytes) {
    this.bytes = bytes;
  }

  /** Goes to the next marker; false at the end of the bytes. */
  boolean next() {
    while (at + 1 < bytes.limit() && !isMarker()) {
      at++;
    }
    if (at + 1 >= bytes.limit()) {
      return false;
    }
    marker = Byte.toUnsignedInt(bytes.get(at + 1));
    at += 2;
    boolean bare = marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8);
    if (bare || at + 1 >= bytes.limit()) {
      start = at;
      length = 0;
      return bare;
    }
    int all = Short.toUnsignedInt(bytes.getShort(at));
    start = at + 2;
    length = Math.max(0, Math.min(all - 2, bytes.limit() - start));
    at += all;
    return true;
  }

  private boolean isMarker() {
    byte second = bytes.get(at + 1);
    return bytes.get(at) == (byte) 0xFF && second != (byte) 0xFF && second != 0;
  }

  /** The second byte of the marker. */
  int marker() {
    return marker;
  }

  /** Where the segment's content starts, behind its length. */
  int start() {
    return start;
  }

  /** How many bytes of content there are, at most as many as the file has. */
  int length() {
    return length;
  }
}
