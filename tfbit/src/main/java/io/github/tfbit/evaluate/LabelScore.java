package io.github.tfbit.evaluate;

/**
 * How a sigmoid head does on one label, which a picture may have beside others.
 *
 * @param label index of the class
 * @param support pictures that have it
 * @param averagePrecision area under the precision-recall steps; NaN without pictures
 * @param threshold probability from which the label counts as given; NaN if there is none
 * @param truePositives pictures that have the label and are given it
 * @param falsePositives pictures that are given the label and have it not
 */
public record LabelScore(
    int label,
    long support,
    double averagePrecision,
    double threshold,
    long truePositives,
    long falsePositives) {
  /**
   * Share of the given labels that are right, at the threshold.
   *
   * @return from 0 to 1; NaN if the label is never given
   */
  public double precision() {
    long given = truePositives + falsePositives;
    return given == 0 ? Double.NaN : truePositives / (double) given;
  }

  /**
   * Share of the pictures with the label that are given it, at the threshold.
   *
   * @return from 0 to 1; NaN without pictures
   */
  public double recall() {
    return support == 0 ? Double.NaN : truePositives / (double) support;
  }

  /**
   * Harmonic mean of precision and recall at the threshold.
   *
   * @return from 0 to 1; NaN if the label is neither there nor given
   */
  public double f1() {
    long sum = support + truePositives + falsePositives;
    return sum == 0 ? Double.NaN : 2.0 * truePositives / sum;
  }
}
