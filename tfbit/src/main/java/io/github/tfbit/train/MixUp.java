package io.github.tfbit.train;

import io.github.tfbit.data.Hashes;
import io.github.tfbit.graph.Tensors;
import java.nio.FloatBuffer;
import org.tensorflow.types.TFloat32;

/**
 * MixUp (Zhang and others, 2017) as the official TensorFlow code has it: one lambda a step, every
 * picture and its labels mixed with those of the reversed batch.
 *
 * @param alpha of Beta(alpha, alpha), above 0
 * @param seed of the run
 */
public record MixUp(double alpha, long seed) {
  /** Keeps lambda's numbers apart from those of the pictures' order. */
  private static final long PURPOSE = 0x6D69782D7570L;

  /** Checks alpha. */
  public MixUp {
    if (!(alpha > 0) || Double.isInfinite(alpha)) {
      throw new IllegalArgumentException("expected an alpha above 0, found " + alpha);
    }
  }

  /**
   * The share of a picture that stays itself: drawn from Beta(alpha, alpha), a pure function of
   * seed and step. {@link StrictMath} gives the same digits on every machine.
   *
   * @param step from 0
   * @return from 0 to 1
   */
  public double lambda(int step) {
    Draws draws = new Draws(Hashes.mix(Hashes.mix(seed, PURPOSE), step));
    double a = draws.gamma(alpha);
    double b = draws.gamma(alpha);
    return a + b > 0 ? a / (a + b) : 0.5;
  }

  /**
   * Mixes a part of a batch with the part that lies opposite in it, in place: row i of one with row
   * n - 1 - i of the other. With both parts the same tensor it mixes that with itself.
   *
   * @param a {@code [n, …]}
   * @param b the same shape; what {@code a} is paired with
   * @param lambda share of its own, rounded to float once
   */
  static void pair(TFloat32 a, TFloat32 b, float lambda) {
    int rows = Math.toIntExact(a.shape().get(0));
    int row = Math.toIntExact(a.size() / rows);
    FloatBuffer left = Tensors.memory(a).asFloatBuffer();
    FloatBuffer right = a == b ? left : Tensors.memory(b).asFloatBuffer();
    int pairs = a == b ? (rows + 1) / 2 : rows;
    for (int i = 0; i < pairs; i++) {
      mix(left, i * row, right, (rows - 1 - i) * row, row, lambda);
    }
  }

  private static void mix(FloatBuffer a, int at, FloatBuffer b, int bt, int n, float lambda) {
    float rest = 1 - lambda;
    for (int i = 0; i < n; i++) {
      float x = a.get(at + i);
      float y = b.get(bt + i);
      a.put(at + i, lambda * x + rest * y);
      b.put(bt + i, lambda * y + rest * x);
    }
  }

  /** A stream of numbers from one hash. */
  private static final class Draws {
    private final long start;
    private long next;

    Draws(long start) {
      this.start = start;
    }

    /** Above 0 and below 1. */
    double uniform() {
      return ((Hashes.mix(start, next++) >>> 12) + 0.5) * 0x1p-52;
    }

    /** Box and Muller, one of the two. */
    double normal() {
      double r = StrictMath.sqrt(-2 * StrictMath.log(uniform()));
      return r * StrictMath.cos(2 * Math.PI * uniform());
    }

    /**
     * Marsaglia and Tsang (2000): exact for shapes of 1 and more; below, the draw of shape + 1
     * times a uniform number to the power 1 / shape.
     */
    double gamma(double shape) {
      if (shape < 1) {
        return gamma(shape + 1) * StrictMath.pow(uniform(), 1 / shape);
      }
      double d = shape - 1.0 / 3;
      double c = 1 / StrictMath.sqrt(9 * d);
      while (true) {
        double x = normal();
        double v = 1 + c * x;
        if (v > 0) {
          v = v * v * v;
          if (StrictMath.log(uniform()) < 0.5 * x * x + d - d * v + d * StrictMath.log(v)) {
            return d * v;
          }
        }
      }
    }
  }
}
