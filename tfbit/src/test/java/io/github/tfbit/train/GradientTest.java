package io.github.tfbit.train;

import static io.github.tfbit.graph.Tolerance.assertNear;

import io.github.tfbit.checkpoints.TensorInfo;
import io.github.tfbit.converters.Activation;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.converters.testing.SeededCheckpoint;
import io.github.tfbit.converters.testing.SeededTensors;
import io.github.tfbit.graph.Doubles;
import io.github.tfbit.graph.Endpoint;
import io.github.tfbit.graph.Measured;
import io.github.tfbit.graph.Network;
import io.github.tfbit.graph.SessionOptions;
import io.github.tfbit.graph.TensorFlowRuntime;
import io.github.tfbit.graph.Tolerance;
import io.github.tfbit.graph.Weights;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;

/** One step's gradients against difference quotients in float64, for every tensor there is. */
final class GradientTest {
  private static final Architecture TINY = new Architecture(List.of(2, 1, 1, 1), 4, 2);
  private static final int CLASSES = 5;
  private static final Shape PICTURES = Shape.of(3, 38, 33, 3);
  private static final float[] PIXELS = SeededTensors.images(9, 3, 38, 33, 3);
  private static final float[] LABELS = {1, 0, 0, 0, 0, 0, .25f, 0, .75f, 0, 0, 0, .5f, 0, .5f};

  /** At 1e-6 a ReLU of so small a network passes zero on the way, worth 3e-2 of the quotient. */
  private static final double SMALL = 1e-8;

  private static Map<String, float[]> directions() {
    Map<String, float[]> all = new LinkedHashMap<>();
    for (TensorInfo t : TINY.tensors(CLASSES)) {
      all.put(t.name(), SeededTensors.uniform(t.name(), 77, (int) t.elements(), -1, 1));
    }
    return all;
  }

  private static double[] pixels() {
    return Tolerance.widen(PIXELS);
  }

  /** The loss's change along each tensor's direction. */
  private static Map<String, Double> quotients(Objective objective) {
    TensorFlowRuntime.prepare();
    Map<String, Double> all = new LinkedHashMap<>();
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      SeededCheckpoint seeded = SeededCheckpoint.of(TINY, CLASSES, 23);
      Doubles weights =
          new Doubles(tf, TINY, CLASSES, seeded, directions(), Weights.Padding.DIFFERENTIABLE);
      Operand<TFloat64> images = tf.constant(PICTURES, DataBuffers.of(pixels()));
      Operand<TFloat64> labels =
          tf.constant(Shape.of(3, CLASSES), DataBuffers.of(Tolerance.widen(LABELS)));
      Operand<TFloat64> logits = Network.build(tf, TINY, weights, images).get(Endpoint.LOGITS);
      Operand<TFloat64> loss = Losses.sum(tf, objective, logits, labels);
      try (Session session = TensorFlowRuntime.open(graph, SessionOptions.DEFAULT)) {
        for (String name : weights.moves().keySet()) {
          double up = loss(session, weights.moves(), name, SMALL, loss);
          double down = loss(session, weights.moves(), name, -SMALL, loss);
          all.put(name, (up - down) / (2 * SMALL));
        }
      }
    }
    return all;
  }

  private static double loss(
      Session session,
      Map<String, Placeholder<TFloat64>> moves,
      String moved,
      double by,
      Operand<TFloat64> loss) {
    try (TFloat64 still = TFloat64.scalarOf(0);
        TFloat64 move = TFloat64.scalarOf(by)) {
      Session.Runner runner = session.runner();
      moves.forEach((name, p) -> runner.feed(p, name.equals(moved) ? move : still));
      try (Result result = runner.fetch(loss).run()) {
        return ((TFloat64) result.get(0)).getDouble();
      }
    }
  }

  private static Stream<Objective> objectives() {
    List<Double> weights = List.of(0.5, 2.0, 0.25, 1.0, 3.0);
    return Stream.of(Activation.values())
        .flatMap(a -> Stream.of(Objective.of(a), Objective.of(a, weights)));
  }

  @ParameterizedTest
  @MethodSource("objectives")
  void everyTensorsGradientIsTheDifferenceQuotient(Objective objective) throws IOException {
    Map<String, float[]> gradients;
    try (TrainingGraph graph =
            new TrainingGraph(
                TINY, CLASSES, objective, SessionOptions.DEFAULT, Optional.empty(), 0);
        TFloat32 x = TFloat32.tensorOf(PICTURES, DataBuffers.of(PIXELS));
        TFloat32 y = TFloat32.tensorOf(Shape.of(3, CLASSES), DataBuffers.of(LABELS))) {
      graph.load(SeededCheckpoint.of(TINY, CLASSES, 23), true);
      gradients = graph.gradients(x, y, 1);
    }
    Map<String, float[]> directions = directions();
    double worst = 0;
    for (Map.Entry<String, Double> quotient : quotients(objective).entrySet()) {
      float[] g = gradients.get(quotient.getKey());
      float[] d = directions.get(quotient.getKey());
      double product = 0;
      double squares = 0;
      for (int i = 0; i < g.length; i++) {
        product += (double) g[i] * d[i];
        squares += (double) g[i] * g[i] / 3; // 1/3: mean square of the direction
      }
      double off = Math.abs(product - quotient.getValue()) / Math.sqrt(squares);
      worst = Math.max(worst, off);
      assertNear(off, Tolerance.FINITE_DIFFERENCE, quotient.getKey());
    }
    Measured.note("gradients, " + objective, worst, Tolerance.FINITE_DIFFERENCE);
  }
}
