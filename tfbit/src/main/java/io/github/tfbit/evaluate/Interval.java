package io.github.tfbit.evaluate;

/**
 * Where a share lies with 95 % confidence.
 *
 * @param low lower end, from 0
 * @param high upper end, to 1
 */
public record Interval(double low, double high) {
  /** The 97.5 % quantile of the normal distribution. */
  private static final double Z = 1.959963984540054;

  /**
   * Wilson's score interval (Wilson, 1927), which stays within 0 and 1 and is meaningful for a few
   * pictures and for shares of 0 and 1, where the usual plus-minus is not.
   *
   * @param right how many of them
   * @param all how many there are
   * @return the interval; NaN for none
   */
  public static Interval wilson(long right, long all) {
    if (right < 0 || right > all) {
      throw new IllegalArgumentException("expected a part of " + all + ", found " + right);
    }
    if (all == 0) {
      return new Interval(Double.NaN, Double.NaN);
    }
    double n = all;
    double p = right / n;
    double square = Z * Z / n;
    double centre = (p + square / 2) / (1 + square);
    double half = Z / (1 + square) * Math.sqrt(p * (1 - p) / n + square / (4 * n));
    return new Interval(Math.max(0, centre - half), Math.min(1, centre + half));
  }
}
