package io.github.tfbit.evaluate;

/**
 * How a model does on one class.
 *
 * @param label index of the class
 * @param support pictures of the class
 * @param predicted pictures whose best class it is
 * @param right pictures that are both
 */
public record ClassScore(int label, long support, long predicted, long right) {
  /**
   * Share of the class's pictures that are found.
   *
   * @return from 0 to 1; NaN for a class without pictures
   */
  public double recall() {
    return support == 0 ? Double.NaN : right / (double) support;
  }

  /**
   * Share of the answers with this class that are right.
   *
   * @return from 0 to 1; NaN for a class that is never answered
   */
  public double precision() {
    return predicted == 0 ? Double.NaN : right / (double) predicted;
  }

  /**
   * Harmonic mean of precision and recall, {@code 2 right / (support + predicted)}.
   *
   * @return from 0 to 1; NaN for a class with neither pictures nor answers
   */
  public double f1() {
    return support + predicted == 0 ? Double.NaN : 2.0 * right / (support + predicted);
  }

  /**
   * Where the recall lies with 95 % confidence.
   *
   * @return Wilson's interval
   */
  public Interval recallInterval() {
    return Interval.wilson(right, support);
  }
}
