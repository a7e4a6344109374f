package io.github.tfbit.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.converters.Activation;
import org.junit.jupiter.api.Test;

class LabelScoresTest {
  @Test
  void sumsTheStepsOfPrecisionAndRecall() {
    // Ranked: right, wrong, right, wrong: 1/2 * 1 + 1/2 * 2/3.
    LabelScore s = score(new float[] {4, 3, 2, 1}, true, false, true, false);
    assertEquals(0.5 + 1.0 / 3, s.averagePrecision(), 1e-15);
    assertEquals(2, s.support());
  }

  @Test
  void countsEqualScoresAsOneStep() {
    LabelScore s = score(new float[] {1, 1, 0f, -0f}, true, false, true, false);
    assertEquals(0.5 * 0.5 + 0.5 * 0.5, s.averagePrecision(), 1e-15);
  }

  @Test
  void ordersNegativeLogits() {
    LabelScore s = score(new float[] {-1, -3, -2, -1e9f}, true, false, false, true);
    assertEquals(0.5 + 0.5 * 0.5, s.averagePrecision(), 1e-15);
  }

  @Test
  void choosesTheThresholdOfTheBestF1() {
    LabelScore s = score(new float[] {4, 3, 2, 1}, true, false, true, false);
    assertEquals(1 / (1 + Math.exp(-2)), s.threshold(), 1e-15);
    assertEquals(0.8, s.f1(), 1e-15);
    assertEquals(2.0 / 3, s.precision(), 1e-15);
    assertEquals(1, s.recall());
  }

  @Test
  void judgesByThresholdsThatAreGiven() {
    Evaluation.Counter counter =
        Evaluation.counter(Activation.SIGMOID, new double[] {0.9, Double.NaN});
    counter.add(new float[] {4, 9}, new int[] {0}).add(new float[] {1, 9}, new int[] {0, 1});
    LabelScores scores = counter.result().labels().orElseThrow();
    assertEquals(0.9, scores.labels().get(0).threshold());
    assertEquals(0.5, scores.labels().get(0).recall());
    assertEquals(0, scores.labels().get(1).f1());
    assertEquals((2.0 / 3) / 2, scores.macroF1(), 1e-15);
    assertEquals(2.0 / (3 + 1), scores.microF1(), 1e-15);
  }

  @Test
  void hasNoThresholdForALabelWithoutPictures() {
    LabelScore s = score(new float[] {4, 3}, false, false);
    assertTrue(Double.isNaN(s.threshold()));
    assertTrue(Double.isNaN(s.averagePrecision()));
    assertEquals(0, s.truePositives() + s.falsePositives());
  }

  /** The scores of the first of two labels; every picture has the second. */
  private static LabelScore score(float[] logits, boolean... has) {
    Evaluation.Counter counter = Evaluation.counter(2, Activation.SIGMOID);
    for (int i = 0; i < logits.length; i++) {
      counter.add(new float[] {logits[i], -5}, has[i] ? new int[] {0, 1} : new int[] {1});
    }
    return counter.result().labels().orElseThrow().labels().get(0);
  }

  @Test
  void pictureThatShowsNothingCountsForEveryLabelButHasNoBestClass() {
    Evaluation.Counter counter = Evaluation.counter(2, Activation.SIGMOID);
    counter.add(new float[] {2, -2}, new int[] {0});
    counter.add(new float[] {3, -3}, new int[] {});
    Evaluation found = counter.result();
    assertEquals(1, found.examples());
    assertEquals(1, found.top1());
    // It ranks above the one picture that has the label.
    assertEquals(0.5, found.labels().orElseThrow().labels().get(0).averagePrecision(), 1e-12);
    double first = 2 * Math.log1p(Math.exp(-2));
    double second = 3 + Math.log1p(Math.exp(-3)) + Math.log1p(Math.exp(-3));
    assertEquals((first + second) / 2, found.crossEntropy(), 1e-6);
    Evaluation.Counter softmax = Evaluation.counter(2, Activation.SOFTMAX);
    assertThrows(
        IllegalArgumentException.class, () -> softmax.add(new float[] {1, 2}, new int[] {}));
  }
}
