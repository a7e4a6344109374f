package io.github.tfbit.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.TensorInfo;
import io.github.tfbit.converters.Activation;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.converters.testing.SeededCheckpoint;
import io.github.tfbit.converters.testing.SeededTensors;
import io.github.tfbit.graph.SessionOptions;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tensorflow.GraphOperation;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

final class TrainingGraphTest {
  private static final Architecture TINY = new Architecture(List.of(2, 1, 1, 1), 8, 4);
  private static final int CLASSES = 5;
  private static final int N = 6;

  private static TrainingGraph open(Activation loss, boolean freeze, double decay)
      throws IOException {
    TrainingGraph graph =
        new TrainingGraph(TINY, CLASSES, loss, SessionOptions.DEFAULT, freeze, decay);
    graph.load(SeededCheckpoint.of(TINY, CLASSES, 3), true);
    return graph;
  }

  private static TFloat32 images(long seed, int from, int n) {
    float[] all = SeededTensors.uniform("images", seed, N * 40 * 33 * 3, -1, 1);
    float[] some = java.util.Arrays.copyOfRange(all, from * 3960, (from + n) * 3960);
    return TFloat32.tensorOf(Shape.of(n, 40, 33, 3), DataBuffers.of(some));
  }

  private static TFloat32 labels(int from, int n) {
    float[] soft = new float[n * CLASSES];
    for (int i = 0; i < n; i++) {
      soft[i * CLASSES + (from + i) % CLASSES] += 0.75f;
      soft[i * CLASSES + (from + i * 2 + 1) % CLASSES] += 0.25f;
    }
    return TFloat32.tensorOf(Shape.of(n, CLASSES), DataBuffers.of(soft));
  }

  private static Map<String, float[]> values(TrainingGraph graph) throws IOException {
    Map<String, float[]> all = new LinkedHashMap<>();
    try (Checkpoint weights = graph.weights()) {
      for (TensorInfo t : weights.tensors()) {
        FloatBuffer floats = weights.bytes(t.name()).asFloatBuffer();
        float[] copy = new float[floats.remaining()];
        floats.get(copy);
        all.put(t.name(), copy);
      }
    }
    return all;
  }

  private static double step(TrainingGraph graph, long seed) {
    try (TFloat32 x = images(seed, 0, N);
        TFloat32 y = labels(0, N)) {
      return graph.step(x, y, 1f / N, 0.01f);
    }
  }

  @Test
  void learnsWhatItIsShown() throws IOException {
    try (TrainingGraph graph = open(Activation.SOFTMAX, false, 0)) {
      double first = step(graph, 1);
      for (int i = 0; i < 8; i++) {
        step(graph, 1);
      }
      double last = step(graph, 1);
      assertTrue(last < 0.8 * first, first + " to " + last);
    }
  }

  @Test
  void twoRunsGiveTheSameBytes() throws IOException {
    try (TrainingGraph a = open(Activation.SOFTMAX, false, 1e-4);
        TrainingGraph b = open(Activation.SOFTMAX, false, 1e-4)) {
      for (int i = 0; i < 4; i++) {
        assertEquals(step(a, i), step(b, i));
      }
      Map<String, float[]> other = values(b);
      values(a).forEach((name, value) -> assertArrayEquals(value, other.get(name), name));
    }
  }

  @Test
  void oneMicroBatchIsTheWholeBatchToTheBit() throws IOException {
    try (TrainingGraph whole = open(Activation.SOFTMAX, false, 1e-4);
        TrainingGraph split = open(Activation.SOFTMAX, false, 1e-4)) {
      for (int i = 0; i < 3; i++) {
        step(whole, i);
        try (TFloat32 x = images(i, 0, N);
            TFloat32 y = labels(0, N)) {
          split.accumulate(x, y, 1f / N);
          split.apply(0.01f);
        }
      }
      Map<String, float[]> other = values(split);
      values(whole).forEach((name, value) -> assertArrayEquals(value, other.get(name), name));
    }
  }

  @Test
  void changesOnlyTheHeadWhenTheBackboneIsFrozen() throws IOException {
    try (TrainingGraph graph = open(Activation.SOFTMAX, true, 0)) {
      Map<String, float[]> before = values(graph);
      step(graph, 1);
      values(graph)
          .forEach(
              (name, value) ->
                  assertEquals(
                      !name.startsWith("resnet/head/"),
                      java.util.Arrays.equals(before.get(name), value),
                      name));
    }
  }

  @Test
  void aNewHeadIsZero() throws IOException {
    try (TrainingGraph graph = open(Activation.SOFTMAX, false, 0)) {
      graph.load(SeededCheckpoint.of(TINY, 0, 3), false);
      assertEquals(Math.log(CLASSES), step(graph, 1), 1e-6);
    }
  }

  @Test
  void loadingAgainForgetsMomentum() throws IOException {
    try (TrainingGraph graph = open(Activation.SOFTMAX, false, 0)) {
      step(graph, 1);
      Map<String, float[]> once = values(graph);
      step(graph, 2);
      graph.load(SeededCheckpoint.of(TINY, CLASSES, 3), true);
      step(graph, 1);
      values(graph).forEach((name, value) -> assertArrayEquals(once.get(name), value, name));
    }
  }

  @Test
  void refusesToApplyNothing() throws IOException {
    try (TrainingGraph graph = open(Activation.SOFTMAX, false, 0)) {
      IllegalStateException e = assertThrows(IllegalStateException.class, () -> graph.apply(0.01f));
      assertEquals("expected accumulated gradients, found none", e.getMessage());
    }
  }

  @Test
  void neverAddsToItsGraph() throws IOException {
    try (TrainingGraph graph = open(Activation.SIGMOID, false, 1e-4)) {
      int before = operations(graph);
      step(graph, 1);
      try (TFloat32 x = images(2, 0, N);
          TFloat32 y = labels(0, N)) {
        graph.accumulate(x, y, 1f / N);
        graph.apply(0.01f);
        assertEquals(N, graph.logits(x).length);
      }
      assertFalse(values(graph).isEmpty());
      assertEquals(before, operations(graph));
    }
  }

  private static int operations(TrainingGraph graph) {
    int n = 0;
    for (Iterator<GraphOperation> it = graph.graph().operations(); it.hasNext(); it.next()) {
      n++;
    }
    return n;
  }
}
