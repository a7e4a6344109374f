package io.github.tfbit.graph;

import static io.github.tfbit.graph.Tolerance.assertNear;
import static io.github.tfbit.graph.Tolerance.distance;

import io.github.tfbit.converters.testing.SeededTensors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;

final class WeightStandardizationTest {
  private static double[] standardize(double[] kernel) {
    TensorFlowRuntime.prepare();
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      var y =
          WeightStandardization.standardize(
              tf, tf.constant(Shape.of(3, 2, 4, 5), DataBuffers.of(kernel)));
      try (Session session = TensorFlowRuntime.open(graph, SessionOptions.DEFAULT);
          Result result = session.runner().fetch(y).run()) {
        double[] found = new double[kernel.length];
        ((TFloat64) result.get(0)).asRawTensor().data().asDoubles().read(found);
        return found;
      }
    }
  }

  /** At 1e-5 the variance is about epsilon, so that epsilon and its place show. */
  @ParameterizedTest
  @ValueSource(doubles = {1, 1e-5, 1e-6, 0})
  void isTheReferenceAlsoWhereTheVarianceIsNearZero(double spread) {
    double[] kernel = Tolerance.widen(SeededTensors.uniform("kernel", 3, 120, -0.8, 1));
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] *= spread * (1 + i % 5);
    }
    double[] expected = ReferenceNetwork.standardize(kernel, 5);
    assertNear(distance(expected, standardize(kernel)), Tolerance.FLOAT64, "spread " + spread);
  }
}
