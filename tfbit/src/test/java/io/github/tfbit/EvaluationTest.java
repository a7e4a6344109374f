package io.github.tfbit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.converters.Activation;
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
    assertArrayEquals(new long[] {0, 0, 0, 0, 0, 0, 0}, e.confusion()[2]);
    assertEquals(1, e.confusion()[3][0]);
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
    assertEquals(1, e.confusion()[1][1]);
    assertEquals(1 - 1 / (1 + Math.exp(-2)), e.ece(), 1e-7);
  }
}
