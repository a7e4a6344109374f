package io.github.tfbit.checkpoints;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;

/** Looks for NaN and infinity in float32 values. */
public final class Finite {
  /** All exponent bits, which only infinity and NaN have set (IEEE 754, binary32). */
  private static final int EXPONENT = 0x7f800000;

  private static final int CHUNK = 1 << 13;

  private Finite() {}

  /**
   * Refuses a tensor that holds NaN or infinity.
   *
   * @param from where it comes from, for the message
   * @param name of the tensor
   * @param float32 its little-endian values from the position to the limit, which do not move
   * @throws CheckpointException.Corrupt naming the tensor, the first such value and its index
   */
  public static void require(Checkpoint from, String name, ByteBuffer float32)
      throws CheckpointException {
    long at = check(float32);
    if (at >= 0) {
      ByteBuffer values = float32.slice().order(ByteOrder.LITTLE_ENDIAN);
      float found = values.getFloat(Math.toIntExact(at * Float.BYTES));
      throw new CheckpointException.Corrupt(
          new Problem(
              "finite weights",
              found + " at index " + at,
              from.source() + ": tensor '" + name + "'",
              "take another copy of the file, or an earlier state of the training that wrote it"),
          null);
    }
  }

  /**
   * Looks for the first value that is not finite.
   *
   * @param float32 little-endian values from the position to the limit, which do not move
   * @return its index in elements from the position, or -1 if every value is finite
   */
  public static long check(ByteBuffer float32) {
    IntBuffer bits = float32.duplicate().order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
    int[] chunk = new int[Math.min(CHUNK, bits.remaining())];
    while (bits.hasRemaining()) {
      int start = bits.position();
      int n = Math.min(chunk.length, bits.remaining());
      bits.get(chunk, 0, n);
      if (largest(chunk, n) >= EXPONENT) {
        return (long) start + first(chunk, n);
      }
    }
    return -1;
  }

  /** Kept free of branches, so that the compiler turns it into vector instructions. */
  private static int largest(int[] bits, int n) {
    int max = 0;
    for (int i = 0; i < n; i++) {
      max = Math.max(max, bits[i] & Integer.MAX_VALUE);
    }
    return max;
  }

  private static int first(int[] bits, int n) {
    int i = 0;
    while (i < n - 1 && (bits[i] & Integer.MAX_VALUE) < EXPONENT) {
      i++;
    }
    return i;
  }
}
