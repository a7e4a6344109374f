package io.github.tfbit.graph;

import static io.github.tfbit.graph.Tolerance.assertNear;
import static io.github.tfbit.graph.Tolerance.distance;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.tfbit.converters.Activation;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.converters.Head;
import io.github.tfbit.converters.testing.SeededCheckpoint;
import io.github.tfbit.converters.testing.SeededTensors;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;

/** The graph against {@link ReferenceNetwork}: any constant that is off shows in float64. */
final class NetworkTest {
  private static final Architecture TINY = new Architecture(List.of(2, 1, 2, 1), 8, 4);
  private static final SeededCheckpoint WEIGHTS = SeededCheckpoint.of(TINY, 5, 11);

  private static Map<Endpoint, double[]> reference(int h, int w) {
    double[] pixels = Tolerance.widen(SeededTensors.images(5, 2, h, w, 3));
    return new ReferenceNetwork(TINY, name -> Tolerance.widen(WEIGHTS.floats(name)))
        .forward(new ReferenceNetwork.Array(pixels, 2, h, w, 3), 5);
  }

  private static Map<Endpoint, double[]> float64(int h, int w, Weights.Padding padding) {
    double[] pixels = Tolerance.widen(SeededTensors.images(5, 2, h, w, 3));
    TensorFlowRuntime.prepare();
    try (Graph graph = new Graph();
        TFloat64 images = TFloat64.tensorOf(Shape.of(2, h, w, 3), DataBuffers.of(pixels))) {
      Ops tf = Ops.create(graph);
      Placeholder<TFloat64> x =
          tf.placeholder(TFloat64.class, Placeholder.shape(Shape.of(-1, -1, -1, 3)));
      Doubles weights = new Doubles(tf, TINY, 5, WEIGHTS, Map.of(), padding);
      Map<Endpoint, Operand<TFloat64>> at = Network.build(tf, TINY, weights, x);
      Map<Endpoint, double[]> out = new HashMap<>();
      try (Session session = TensorFlowRuntime.open(graph, SessionOptions.DEFAULT)) {
        Session.Runner runner = session.runner().feed(x, images);
        List.of(Endpoint.values()).forEach(e -> runner.fetch(at.get(e)));
        try (Result result = runner.run()) {
          int i = 0;
          for (Endpoint e : Endpoint.values()) {
            Tensor tensor = result.get(i++);
            double[] values = new double[(int) tensor.shape().size()];
            tensor.asRawTensor().data().asDoubles().read(values);
            out.put(e, values);
          }
        }
      }
      return out;
    }
  }

  private static void compare(
      Map<Endpoint, double[]> expected, Map<Endpoint, double[]> found, double tolerance) {
    for (Endpoint e : Endpoint.values()) {
      assertNear(distance(expected.get(e), found.get(e)), tolerance, e.layer());
    }
  }

  @ParameterizedTest
  @CsvSource({"33, 46", "40, 35", "64, 37"})
  void everyEndpointIsTheReferenceAtAnyHeightAndWidth(int h, int w) {
    compare(reference(h, w), float64(h, w, Weights.Padding.DIFFERENTIABLE), Tolerance.FLOAT64);
  }

  @Test
  void explicitPaddingIsThePadOp() {
    compare(reference(45, 34), float64(45, 34, Weights.Padding.EXPLICIT), Tolerance.FLOAT64);
  }

  @ParameterizedTest
  @CsvSource({"33, 46", "40, 35"})
  void standardisedOnceIsStandardisedInTheGraph(int h, int w) throws IOException {
    Map<Endpoint, double[]> expected = reference(h, w);
    try (BitGraph bit =
            BitGraph.open(
                WEIGHTS,
                TINY,
                Optional.of(new Head(5, Activation.SOFTMAX)),
                SessionOptions.DEFAULT);
        TFloat32 images =
            TFloat32.tensorOf(
                Shape.of(2, h, w, 3), DataBuffers.of(SeededTensors.images(5, 2, h, w, 3)))) {
      Session.Runner runner = bit.session().runner().feed(bit.images(), images);
      List.of(Endpoint.values()).forEach(e -> runner.fetch(bit.at(e)));
      try (Result result = runner.run()) {
        int i = 0;
        for (Endpoint e : Endpoint.values()) {
          float[] found = Tensors.floats((TFloat32) result.get(i++));
          assertNear(distance(expected.get(e), found), Tolerance.SMALL_FLOAT32, e.layer());
        }
      }
    }
  }

  @Test
  void poolingPadsWithZerosAlsoWhereEverythingIsNegative() {
    Map<Endpoint, double[]> expected = reference(33, 46);
    double least = Double.POSITIVE_INFINITY;
    for (double v : expected.get(Endpoint.ROOT_BLOCK)) {
      least = Math.min(least, v);
    }
    assertEquals(true, least < 0, "some maximum is below zero, so that the border tells");
    int width = 12 * 8;
    double[] found = float64(33, 46, Weights.Padding.DIFFERENTIABLE).get(Endpoint.ROOT_BLOCK);
    for (int i = 0; i < width; i++) {
      assertEquals(true, found[i] >= 0, "the first row sees the padding");
    }
  }
}
