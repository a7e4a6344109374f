package io.github.tfbit.evaluate;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How a sigmoid head does, label by label.
 *
 * @param labels in the order of the classes
 */
public record LabelScores(List<LabelScore> labels) {
  /** Copies the list. */
  public LabelScores {
    labels = List.copyOf(labels);
  }

  /**
   * Mean of the labels' average precisions.
   *
   * @return from 0 to 1; labels without pictures have no say; NaN if none has any
   */
  public double meanAveragePrecision() {
    return mean(LabelScore::averagePrecision);
  }

  /**
   * Mean of the labels' F1 at their thresholds.
   *
   * @return from 0 to 1; labels that are neither there nor given have no say
   */
  public double macroF1() {
    return mean(LabelScore::f1);
  }

  /**
   * F1 over all labels of all pictures together.
   *
   * @return from 0 to 1; NaN if there are no labels and none are given
   */
  public double microF1() {
    long right = 0;
    long sum = 0;
    for (LabelScore s : labels) {
      right += s.truePositives();
      sum += s.support() + s.truePositives() + s.falsePositives();
    }
    return sum == 0 ? Double.NaN : 2.0 * right / sum;
  }

  private double mean(ToDoubleFunction<LabelScore> of) {
    return labels.stream()
        .mapToDouble(of)
        .filter(x -> !Double.isNaN(x))
        .average()
        .orElse(Double.NaN);
  }
}
