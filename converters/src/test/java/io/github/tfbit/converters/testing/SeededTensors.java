package io.github.tfbit.converters.testing;

import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Seeded tensors: the same bytes in every language, so that no golden case has to ship its weights.
 *
 * <p>Element {@code i} in C order is {@code float32(lo + (hi - lo) * u)} with {@code u =
 * (splitmix64(fnv1a64(name) + seed * GOLDEN + i) >> 11) * 2^-53}; integers wrap at 64 bits, the
 * affine map is in double, the result is rounded once.
 */
public final class SeededTensors {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private SeededTensors() {}

  /**
   * Elements of a uniform distribution.
   *
   * @param name enters the hash
   * @param seed of the run
   * @param n how many elements
   * @param lo least value
   * @param hi upper bound
   * @return {@code n} values in C order
   */
  public static float[] uniform(String name, long seed, int n, double lo, double hi) {
    float[] out = new float[n];
    fill(FloatBuffer.wrap(out), start(name, seed), lo, hi);
    return out;
  }

  /**
   * Model input in [-1, 1].
   *
   * @param seed of the run
   * @param shape NHWC
   * @return values in C order
   */
  public static float[] images(long seed, int... shape) {
    int n = 1;
    for (int d : shape) {
      n = Math.multiplyExact(n, d);
    }
    return uniform("images", seed, n, -1.0, 1.0);
  }

  /** The state of the generator before element 0. */
  static long start(String name, long seed) {
    long h = 0xCBF29CE484222325L;
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      h = (h ^ (b & 0xFF)) * 0x100000001B3L;
    }
    return h + seed * GOLDEN;
  }

  /** Fills the buffer with the elements that begin at state {@code start}. */
  static void fill(FloatBuffer out, long start, double lo, double hi) {
    double range = hi - lo;
    long state = start;
    while (out.hasRemaining()) {
      long z = state++ + GOLDEN;
      z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
      z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
      z ^= z >>> 31;
      out.put((float) (lo + range * ((z >>> 11) * 0x1p-53)));
    }
  }
}
