package io.github.tfbit;

/**
 * Every tolerance of the door's tests, with the measurement it came from. Distances are max|d| over
 * the reference's root mean square; tests ask {@code d <= tolerance}, so that NaN fails.
 */
final class Tolerance {
  /** Scores from bytes, ours against the export's: the project's bar. Measured: at most 3.6e-8. */
  static final double EXPORT_SCORES = 2e-5;

  /** One graph against another of the same operations. Measured: 0. */
  static final double SAME_ARITHMETIC = 1e-6;

  private Tolerance() {}

  /** Largest difference over the reference's root mean square. */
  static double distance(float[] found, float[] reference) {
    double max = 0;
    double squares = 0;
    for (int i = 0; i < reference.length; i++) {
      double d = Math.abs((double) found[i] - reference[i]);
      max = Double.isNaN(d) ? Double.NaN : Math.max(max, d);
      squares += (double) reference[i] * reference[i];
    }
    return max / Math.sqrt(squares / reference.length);
  }
}
