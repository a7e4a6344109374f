package io.github.tfbit.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.converters.Activation;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluationTest {
  @Test
  void countsRanksConfusionAndRecall() {
    Evaluation e =
        Evaluation.counter(7, Activation.SOFTMAX)
            .add(new float[] {9, 1, 2, 3, 4, 5, 6}, new int[] {0})
            .add(new float[] {9, 1, 2, 3, 4, 5, 6}, new int[] {3})
            .add(new float[] {9, 1, 2, 3, 4, 5, 6}, new int[] {1})
            .result();
    assertEquals(3, e.examples());
    assertEquals(1.0 / 3, e.top1());
    assertEquals(2.0 / 3, e.top5());
    assertEquals(
        List.of(
            new Confusion.Cell(0, 0, 1), new Confusion.Cell(1, 0, 1), new Confusion.Cell(3, 0, 1)),
        e.confusion().cells());
    assertEquals(1, e.confusion().count(3, 0));
    assertEquals(0, e.confusion().count(2, 0));
    assertEquals(1, e.recallByClass()[0]);
    assertEquals(0, e.recallByClass()[1]);
    assertTrue(Double.isNaN(e.recallByClass()[2]));
    assertEquals(1.0 / 3, e.meanRecall(), 1e-15);
  }

  @Test
  void breaksTiesByTheSmallerIndex() {
    Evaluation e =
        Evaluation.counter(2, Activation.SOFTMAX)
            .add(new float[] {1, 1}, new int[] {0})
            .add(new float[] {1, 1}, new int[] {1})
            .result();
    assertEquals(0.5, e.top1());
  }

  @Test
  void measuresCalibrationByBins() {
    // Confidence 0.75 four times, right twice: |0.75 - 0.5|.
    float x = (float) Math.log(3);
    Evaluation.Counter counter = Evaluation.counter(2, Activation.SOFTMAX);
    for (int label : new int[] {0, 0, 1, 1}) {
      counter.add(new float[] {x, 0}, new int[] {label});
    }
    assertEquals(0.25, counter.result().ece(), 1e-7);
  }

  @Test
  void acceptsAnyOfSeveralLabels() {
    Evaluation e =
        Evaluation.counter(3, Activation.SIGMOID)
            .add(new float[] {-1, 2, 0}, new int[] {0, 1})
            .result();
    assertEquals(1, e.top1());
    assertEquals(1, e.confusion().count(1, 1));
    assertEquals(1 - 1 / (1 + Math.exp(-2)), e.ece(), 1e-7);
  }

  @Test
  void tellsPrecisionRecallAndF1OfEveryClass() {
    Evaluation e = answers(3, new int[][] {{0, 0}, {0, 0}, {0, 1}, {1, 1}, {1, 0}, {1, 0}, {1, 1}});
    List<ClassScore> c = e.confusion().perClass();
    assertEquals(2.0 / 3, c.get(0).recall(), 1e-15);
    assertEquals(0.5, c.get(0).precision(), 1e-15);
    assertEquals(4.0 / 7, c.get(0).f1(), 1e-15);
    assertEquals(2.0 / 3, c.get(1).precision(), 1e-15);
    assertTrue(Double.isNaN(c.get(2).f1()));
    assertEquals((0.5 + 2.0 / 3) / 2, e.meanPrecision(), 1e-15);
    assertEquals((4.0 / 7 + 4.0 / 7) / 2, e.meanF1(), 1e-15);
    assertEquals(
        List.of(new Confusion.Cell(1, 0, 2), new Confusion.Cell(0, 1, 1)),
        e.confusion().mistakes(9));
  }

  @Test
  void countsAClassThatIsNeverAnsweredAsPrecisionZero() {
    Evaluation e = answers(2, new int[][] {{0, 0}, {1, 0}});
    assertEquals(0.25, e.meanPrecision(), 1e-15);
  }

  @Test
  void needsNoSquareForTwentyThousandClasses() {
    Evaluation.Counter counter = Evaluation.counter(21_843, Activation.SOFTMAX);
    float[] logits = new float[21_843];
    logits[21_842] = 1;
    Evaluation e = counter.add(logits, new int[] {21_842}).add(logits, new int[] {5}).result();
    assertEquals(0.5, e.top1());
    assertEquals(new Confusion.Cell(5, 21_842, 1), e.confusion().mistakes(1).get(0));
  }

  @Test
  void meansTheCrossEntropyOfTraining() {
    float[] logits = {1, -2, 0.5f};
    double sum = Math.exp(1) + Math.exp(-2) + Math.exp(0.5);
    assertEquals(
        Math.log(sum) - 0.5,
        Evaluation.counter(3, Activation.SOFTMAX)
            .add(logits, new int[] {2})
            .result()
            .crossEntropy(),
        1e-12);
    double sigmoid = Math.log1p(Math.exp(1)) + Math.log1p(Math.exp(-2)) + Math.log1p(Math.exp(0.5));
    assertEquals(
        sigmoid - 1 - 0.5,
        Evaluation.counter(3, Activation.SIGMOID)
            .add(logits, new int[] {0, 2})
            .result()
            .crossEntropy(),
        1e-12);
  }

  /** Pairs of what is shown and what is answered. */
  private static Evaluation answers(int classes, int[][] pairs) {
    Evaluation.Counter counter = Evaluation.counter(classes, Activation.SOFTMAX);
    for (int[] pair : pairs) {
      float[] logits = new float[classes];
      logits[pair[1]] = 1;
      counter.add(logits, new int[] {pair[0]});
    }
    return counter.result();
  }
}
