package io.github.tfbit.graph;

import static io.github.tfbit.graph.Tolerance.assertNear;
import static io.github.tfbit.graph.Tolerance.distance;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.tfbit.converters.testing.SeededTensors;
import io.github.tfbit.graph.ReferenceNetwork.Array;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;

final class NormalizationTest {
  private static final Shape SHAPE = Shape.of(2, 5, 7, 12);
  private static final double[] GAMMA =
      Tolerance.widen(SeededTensors.uniform("gamma", 1, 12, 0.5, 1.5));
  private static final double[] BETA =
      Tolerance.widen(SeededTensors.uniform("beta", 1, 12, -0.3, 0.3));

  private static double[] values(double middle, double spread) {
    float[] unit = SeededTensors.uniform("x", 2, 2 * 5 * 7 * 12, -1, 1);
    double[] x = new double[unit.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = middle + spread * unit[i] * (1 + i % 12);
    }
    return x;
  }

  private static double[] reference(double[] x, int groups) {
    return ReferenceNetwork.groupNorm(new Array(x, 2, 5, 7, 12), GAMMA, BETA, groups).data();
  }

  private static double[] float64(double[] x, int groups) {
    TensorFlowRuntime.prepare();
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      var y =
          Normalization.groupNorm(
              tf,
              tf.constant(SHAPE, DataBuffers.of(x)),
              tf.constant(GAMMA),
              tf.constant(BETA),
              groups);
      try (Session session = TensorFlowRuntime.open(graph, SessionOptions.DEFAULT);
          Result result = session.runner().fetch(y).run()) {
        double[] found = new double[x.length];
        ((TFloat64) result.get(0)).asRawTensor().data().asDoubles().read(found);
        return found;
      }
    }
  }

  private static float[] narrow(double[] values) {
    float[] narrow = new float[values.length];
    for (int i = 0; i < narrow.length; i++) {
      narrow[i] = (float) values[i];
    }
    return narrow;
  }

  private static float[] float32(float[] x, int groups) {
    TensorFlowRuntime.prepare();
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      var y =
          Normalization.groupNorm(
              tf,
              tf.constant(SHAPE, DataBuffers.of(x)),
              tf.constant(narrow(GAMMA)),
              tf.constant(narrow(BETA)),
              groups);
      try (Session session = TensorFlowRuntime.open(graph, SessionOptions.DEFAULT);
          Result result = session.runner().fetch(y).run()) {
        return Tensors.floats((TFloat32) result.get(0));
      }
    }
  }

  /** Groups 1 is layer normalisation, 12 of 12 channels instance normalisation. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 12})
  void isTheReferenceForAnyNumberOfGroups(int groups) {
    double[] x = values(0.4, 1);
    double d = distance(reference(x, groups), float64(x, groups));
    assertNear(d, Tolerance.FLOAT64, groups + " groups");
  }

  /** A variance of 1e-5 and less: epsilon is half of the answer or more. */
  @ParameterizedTest
  @ValueSource(doubles = {1e-3, 1e-4, 0})
  void addsEpsilonToTheVariance(double spread) {
    double[] x = values(0, spread);
    assertNear(distance(reference(x, 4), float64(x, 4)), Tolerance.FLOAT64, "spread " + spread);
    double[] wide = Tolerance.widen(narrow(x));
    double d = distance(reference(wide, 4), float32(narrow(x), 4));
    assertNear(d, Tolerance.SMALL_FLOAT32, "float32, spread " + spread);
  }

  /** Where a mean of squares less a square of means would have no digit left. */
  @Test
  void keepsItsDigitsWhereTheMeanIsLargeAgainstTheSpread() {
    float[] x = narrow(values(100, 0.01));
    double d = distance(reference(Tolerance.widen(x), 4), float32(x, 4));
    assertNear(d, Tolerance.LARGE_MEAN, "mean 100, spread 0.01");
  }

  @Test
  void refusesGroupsThatDoNotDivideTheChannels() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> float64(values(0, 1), 5));
    assertEquals("expected groups that divide 12 channels, found 5", e.getMessage());
  }
}
