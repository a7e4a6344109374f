package io.github.tfbit.checkpoints.bundle;

import static io.github.tfbit.checkpoints.CheckpointException.corrupt;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Numbers of 7 bits a byte, lowest first ({@code tensorflow/core/lib/core/coding.h}). */
final class Varint {
  private Varint() {}

  /** Reads one that is not negative as a long. */
  static long read(ByteBuffer from, String where) throws IOException {
    long value = 0;
    for (int shift = 0; shift < 63; shift += 7) {
      if (!from.hasRemaining()) {
        throw corrupt(where, "a number", "the end of its bytes");
      }
      byte b = from.get();
      value |= (b & 0x7fL) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw corrupt(where, "a number below 2^63", "a longer one at byte " + from.position());
  }

  /** Reads one that is a length of something in the bytes that remain. */
  static int length(ByteBuffer from, String where) throws IOException {
    long value = read(from, where);
    if (value > from.remaining()) {
      throw corrupt(
          where, "a length of at most the " + from.remaining() + " bytes left", "" + value);
    }
    return (int) value;
  }

  static void write(ByteArrayOutputStream to, long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      to.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    to.write((int) rest);
  }
}
