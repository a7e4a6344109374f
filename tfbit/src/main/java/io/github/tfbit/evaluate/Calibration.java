package io.github.tfbit.evaluate;

import java.util.ArrayList;
import java.util.List;

/**
 * How confidence and accuracy agree, by equal bins of the best class's probability: the data of a
 * reliability diagram (Guo and others, 2017).
 *
 * @param bins in rising order of confidence
 */
public record Calibration(List<Bin> bins) {
  /** How many bins there are. */
  public static final int BINS = 15;

  /** Copies the bins. */
  public Calibration {
    bins = List.copyOf(bins);
  }

  /**
   * Answers of similar confidence.
   *
   * @param count how many
   * @param confidence their mean probability; NaN for none
   * @param accuracy share of them that are right; NaN for none
   */
  public record Bin(long count, double confidence, double accuracy) {}

  /** Counts answers. Not safe for several threads. */
  static final class Counter {
    private final long[] count = new long[BINS];
    private final long[] right = new long[BINS];
    private final double[] confidence = new double[BINS];

    void add(double probability, boolean isRight) {
      int bin = Math.min(BINS - 1, (int) (probability * BINS));
      count[bin]++;
      right[bin] += isRight ? 1 : 0;
      confidence[bin] += probability;
    }

    Calibration result() {
      List<Bin> bins = new ArrayList<>(BINS);
      for (int b = 0; b < BINS; b++) {
        double n = count[b];
        bins.add(new Bin(count[b], confidence[b] / n, right[b] / n));
      }
      return new Calibration(bins);
    }
  }

  /**
   * The expected calibration error: the mean distance of confidence and accuracy, weighted by
   * pictures.
   *
   * @return from 0 to 1; NaN for no answers
   */
  public double error() {
    double sum = 0;
    long all = 0;
    for (Bin b : bins) {
      if (b.count() > 0) {
        sum += b.count() * Math.abs(b.confidence() - b.accuracy());
        all += b.count();
      }
    }
    return sum / all;
  }
}
