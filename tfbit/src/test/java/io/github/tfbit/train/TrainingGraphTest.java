package io.github.tfbit.train;

import static io.github.tfbit.graph.Tolerance.assertNear;
import static io.github.tfbit.graph.Tolerance.distance;
import static io.github.tfbit.graph.Tolerance.widen;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.TensorInfo;
import io.github.tfbit.converters.Activation;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.converters.Head;
import io.github.tfbit.converters.PublishedNames;
import io.github.tfbit.converters.testing.SeededCheckpoint;
import io.github.tfbit.converters.testing.SeededTensors;
import io.github.tfbit.graph.BitGraph;
import io.github.tfbit.graph.Endpoint;
import io.github.tfbit.graph.SessionOptions;
import io.github.tfbit.graph.Tensors;
import io.github.tfbit.graph.Tolerance;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.GraphOperation;
import org.tensorflow.Result;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

final class TrainingGraphTest {
  private static final Architecture TINY = new Architecture(List.of(2, 1, 1, 1), 8, 4);
  private static final int CLASSES = 5;
  private static final int N = 6;
  private static final float RATE = 0.01f;
  private static final double DECAY = 0.01;

  /** Building one takes a second; {@link TrainingGraph#load} makes it as good as new. */
  private static final Map<String, TrainingGraph> OPEN = new HashMap<>();

  private static TrainingGraph open(String which) throws IOException {
    TrainingGraph graph =
        OPEN.computeIfAbsent(
            which,
            w ->
                new TrainingGraph(
                    TINY,
                    CLASSES,
                    Objective.of(w.equals("frozen") ? Activation.SIGMOID : Activation.SOFTMAX),
                    SessionOptions.DEFAULT,
                    w.equals("frozen") ? Optional.of(Endpoint.PRE_LOGITS) : Optional.empty(),
                    w.equals("decay") ? DECAY : 0));
    graph.load(SeededCheckpoint.of(TINY, CLASSES, 3), true);
    return graph;
  }

  @AfterAll
  static void close() {
    OPEN.values().forEach(TrainingGraph::close);
  }

  private static TFloat32 images(long seed, int from, int n) {
    float[] all = SeededTensors.uniform("images", seed, N * 40 * 33 * 3, -1, 1);
    float[] some = Arrays.copyOfRange(all, from * 3960, (from + n) * 3960);
    return TFloat32.tensorOf(Shape.of(n, 40, 33, 3), DataBuffers.of(some));
  }

  private static TFloat32 inputs(TrainingGraph graph, long seed) {
    if (graph != OPEN.get("frozen")) {
      return images(seed, 0, N);
    }
    return features(seed);
  }

  private static TFloat32 features(long seed) {
    float[] all = SeededTensors.uniform("features", seed, N * TINY.features(), 0, 1);
    return TFloat32.tensorOf(Shape.of(N, TINY.features()), DataBuffers.of(all));
  }

  private static TFloat32 labels(int from, int n) {
    float[] soft = new float[n * CLASSES];
    for (int i = 0; i < n; i++) {
      soft[i * CLASSES + (from + i) % CLASSES] += 0.75f;
      soft[i * CLASSES + ((from + i) * 2 + 1) % CLASSES] += 0.25f;
    }
    return TFloat32.tensorOf(Shape.of(n, CLASSES), DataBuffers.of(soft));
  }

  private static Map<String, float[]> values(TrainingGraph graph) throws IOException {
    try (Checkpoint weights = graph.weights()) {
      return read(weights);
    }
  }

  private static Map<String, float[]> read(Checkpoint weights) throws IOException {
    Map<String, float[]> all = new LinkedHashMap<>();
    for (TensorInfo t : weights.tensors()) {
      FloatBuffer floats = weights.bytes(t.name()).asFloatBuffer();
      float[] copy = new float[floats.remaining()];
      floats.get(copy);
      all.put(t.name(), copy);
    }
    return all;
  }

  private static double step(TrainingGraph graph, long seed) {
    try (TFloat32 x = inputs(graph, seed);
        TFloat32 y = labels(0, N)) {
      return graph.step(x, y, 1f / N, RATE);
    }
  }

  private static Map<String, float[]> gradients(TrainingGraph graph, long seed) {
    try (TFloat32 x = inputs(graph, seed);
        TFloat32 y = labels(0, N)) {
      return graph.gradients(x, y, 1f / N);
    }
  }

  private static void assertSame(Map<String, float[]> expected, Map<String, float[]> found) {
    assertEquals(expected.keySet(), found.keySet());
    expected.forEach((name, value) -> assertArrayEquals(value, found.get(name), name));
  }

  @Test
  void learnsWhatItIsShown() throws IOException {
    TrainingGraph graph = open("plain");
    double first = step(graph, 1);
    for (int i = 0; i < 8; i++) {
      step(graph, 1);
    }
    double last = step(graph, 1);
    assertTrue(last < 0.8 * first, first + " to " + last);
  }

  @Test
  void twoRunsGiveTheSameBytes() throws IOException {
    TrainingGraph graph = open("decay");
    double[] losses = {step(graph, 0), step(graph, 1), step(graph, 2)};
    Map<String, float[]> once = values(graph);
    open("decay");
    assertArrayEquals(losses, new double[] {step(graph, 0), step(graph, 1), step(graph, 2)});
    assertSame(once, values(graph));
  }

  @Test
  void oneMicroBatchIsTheWholeBatchToTheBit() throws IOException {
    TrainingGraph graph = open("decay");
    step(graph, 0);
    step(graph, 1);
    Map<String, float[]> whole = values(graph);
    open("decay");
    for (int i = 0; i < 2; i++) {
      try (TFloat32 x = images(i, 0, N);
          TFloat32 y = labels(0, N)) {
        graph.accumulate(x, y, 1f / N);
        graph.apply(RATE);
      }
    }
    assertSame(whole, values(graph));
  }

  @Test
  void microBatchesSumToTheWholeBatch() throws IOException {
    TrainingGraph graph = open("plain");
    Map<String, float[]> whole = gradients(graph, 7);
    double loss = 0;
    for (int from = 0; from < N; from += 2) {
      try (TFloat32 x = images(7, from, 2);
          TFloat32 y = labels(from, 2)) {
        loss += graph.accumulate(x, y, 1f / N);
      }
    }
    Map<String, float[]> sums = graph.accumulated();
    whole.forEach(
        (name, value) ->
            assertNear(distance(widen(value), sums.get(name)), Tolerance.BATCH_SPLIT, name));
    graph.apply(0);
    graph.accumulated().forEach((name, v) -> assertArrayEquals(new float[v.length], v, name));
    assertEquals(step(graph, 7), loss, 1e-6);
  }

  @Test
  void stepsByMomentum() throws IOException {
    TrainingGraph graph = open("plain");
    Map<String, float[]> start = values(graph);
    Map<String, float[]> first = gradients(graph, 1);
    step(graph, 1);
    Map<String, float[]> second = gradients(graph, 2);
    step(graph, 2);
    values(graph)
        .forEach(
            (name, found) -> {
              float[] w = start.get(name);
              for (int i = 0; i < w.length; i++) {
                double g = first.get(name)[i];
                double a = 0.9 * g + second.get(name)[i];
                assertEquals(w[i] - RATE * g - RATE * a, found[i], 2e-7, name);
              }
            });
  }

  @Test
  void weightDecayPullsKernelsAndNothingElse() throws IOException {
    TrainingGraph graph = open("decay");
    Map<String, float[]> start = values(graph);
    Map<String, float[]> gradients = gradients(graph, 1);
    step(graph, 1);
    values(graph)
        .forEach(
            (name, found) -> {
              double decay = name.endsWith("/kernel") ? DECAY : 0;
              float[] w = start.get(name);
              for (int i = 0; i < w.length; i++) {
                double g = gradients.get(name)[i] + decay * w[i];
                assertEquals(w[i] - RATE * g, found[i], 2e-7, name);
              }
            });
  }

  @Test
  void changesOnlyTheHeadWhenTheBackboneIsFrozen() throws IOException {
    TrainingGraph graph = open("frozen");
    Map<String, float[]> before = values(graph);
    step(graph, 1);
    values(graph)
        .forEach(
            (name, value) ->
                assertEquals(
                    !name.startsWith("resnet/head/"),
                    Arrays.equals(before.get(name), value),
                    name));
  }

  /** What follows the cut is the same network: it learns as if all of it were there. */
  @ParameterizedTest
  @EnumSource(names = {"ROOT_BLOCK", "BLOCK2", "BLOCK4", "PRE_LOGITS"})
  void gradientsBehindACutAreThoseOfTheWholeNetwork(Endpoint cut) throws IOException {
    Map<String, float[]> whole = gradients(open("plain"), 1);
    Checkpoint weights = SeededCheckpoint.of(TINY, CLASSES, 3);
    Head head = new Head(CLASSES, Activation.SOFTMAX);
    try (BitGraph network =
            BitGraph.open(weights, TINY, Optional.of(head), SessionOptions.DEFAULT);
        TrainingGraph part =
            new TrainingGraph(
                TINY,
                CLASSES,
                Objective.of(Activation.SOFTMAX),
                SessionOptions.DEFAULT,
                Optional.of(cut),
                0);
        TFloat32 x = images(1, 0, N);
        TFloat32 y = labels(0, N);
        Result values =
            network.session().runner().feed(network.images(), x).fetch(network.at(cut)).run()) {
      part.load(weights, true);
      Map<String, float[]> found = part.gradients((TFloat32) values.get(0), y, 1f / N);
      Set<String> behind = new HashSet<>(whole.keySet());
      behind.removeIf(name -> name.matches(before(cut)));
      assertEquals(behind, found.keySet());
      found.forEach((name, gradient) -> assertArrayEquals(whole.get(name), gradient, 1e-4f, name));
    }
  }

  private static String before(Endpoint cut) {
    return switch (cut) {
      case ROOT_BLOCK -> "resnet/root_block/.*";
      case BLOCK2 -> "resnet/(root_block|block1|block2)/.*";
      case BLOCK4 -> "resnet/(root_block|block.)/.*";
      default -> "resnet/(root_block|block.|group_norm)/.*";
    };
  }

  @Test
  void aNewHeadIsZero() throws IOException {
    TrainingGraph graph = open("plain");
    graph.load(SeededCheckpoint.of(TINY, 0, 3), false);
    assertArrayEquals(new float[CLASSES], values(graph).get(PublishedNames.HEAD_BIAS));
    assertEquals(Math.log(CLASSES), step(graph, 1), 1e-6);
  }

  /** The loss of a zero logit falls with its label and rises by a half of it otherwise. */
  @Test
  void aZeroHeadUnderASigmoidHasItsWholeGradient() throws IOException {
    TrainingGraph graph = open("frozen");
    graph.load(SeededCheckpoint.of(TINY, 0, 3), false);
    float[] expected = new float[CLASSES];
    try (TFloat32 y = labels(0, N)) {
      float[] labels = Tensors.floats(y);
      for (int i = 0; i < labels.length; i++) {
        expected[i % CLASSES] += (0.5f - labels[i]) / N;
      }
    }
    Map<String, float[]> head = gradients(graph, 1);
    assertEquals(Set.of(PublishedNames.HEAD_KERNEL, PublishedNames.HEAD_BIAS), head.keySet());
    assertArrayEquals(expected, head.get(PublishedNames.HEAD_BIAS), 1e-6f);
    assertEquals(CLASSES * Math.log(2), step(graph, 1), 1e-5);
  }

  /** Of a zero head every picture's loss is the same: what differs is the weights. */
  @ParameterizedTest
  @EnumSource(Activation.class)
  void classWeightsMultiplyTheLoss(Activation activation) throws IOException {
    List<Double> weights = List.of(0.5, 2.0, 0.25, 1.0, 3.0);
    Objective objective = Objective.of(activation, weights);
    try (TrainingGraph graph =
            new TrainingGraph(
                TINY,
                CLASSES,
                objective,
                SessionOptions.DEFAULT,
                Optional.of(Endpoint.PRE_LOGITS),
                0);
        TFloat32 x = features(1);
        TFloat32 y = labels(0, N)) {
      graph.load(SeededCheckpoint.of(TINY, 0, 3), false);
      double mixed = 0;
      float[] shares = Tensors.floats(y);
      for (int i = 0; i < shares.length; i++) {
        mixed += shares[i] * weights.get(i % CLASSES) / N;
      }
      double sum = weights.stream().mapToDouble(w -> w).sum();
      double expected =
          activation == Activation.SOFTMAX ? mixed * Math.log(CLASSES) : sum * Math.log(2);
      assertEquals(expected, graph.step(x, y, 1f / N, RATE), 1e-5);
    }
  }

  @Test
  void loadingAgainForgetsMomentum() throws IOException {
    TrainingGraph graph = open("plain");
    step(graph, 1);
    Map<String, float[]> once = values(graph);
    step(graph, 2);
    graph.load(SeededCheckpoint.of(TINY, CLASSES, 3), true);
    step(graph, 1);
    assertSame(once, values(graph));
  }

  @Test
  void weightsDoNotChangeWithTheStepsThatFollow() throws IOException {
    TrainingGraph graph = open("plain");
    Map<String, float[]> before = values(graph);
    try (Checkpoint weights = graph.weights()) {
      step(graph, 1);
      assertSame(before, read(weights));
    }
  }

  @Test
  void refusesToApplyNothing() throws IOException {
    TrainingGraph graph = open("plain");
    IllegalStateException e = assertThrows(IllegalStateException.class, () -> graph.apply(RATE));
    assertEquals("expected accumulated gradients, found none", e.getMessage());
  }

  @Test
  void refusesAnImpossibleLoss() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new TrainingGraph(
                        TINY,
                        0,
                        Objective.of(Activation.SOFTMAX),
                        SessionOptions.DEFAULT,
                        Optional.empty(),
                        -1)
                    .close());
    assertEquals(
        "expected at least one class and no negative weight decay, found 0 and -1.0",
        e.getMessage());
  }

  @Test
  void neverAddsToItsGraph() throws IOException {
    TrainingGraph graph = open("decay");
    int before = operations(graph);
    step(graph, 1);
    try (TFloat32 x = images(2, 0, N);
        TFloat32 y = labels(0, N)) {
      graph.accumulate(x, y, 1f / N);
      graph.apply(RATE);
      assertEquals(N, graph.logits(x).length);
    }
    assertFalse(values(graph).isEmpty());
    assertEquals(before, operations(graph));
  }

  private static int operations(TrainingGraph graph) {
    int n = 0;
    for (Iterator<GraphOperation> it = graph.graph().operations(); it.hasNext(); it.next()) {
      n++;
    }
    return n;
  }
}
