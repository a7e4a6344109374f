package io.github.tfbit.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.CheckpointException.Corrupt;
import io.github.tfbit.checkpoints.CheckpointException.Mismatch;
import io.github.tfbit.converters.Activation;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.converters.Head;
import io.github.tfbit.converters.PublishedNames;
import io.github.tfbit.converters.testing.SeededCheckpoint;
import io.github.tfbit.converters.testing.SeededTensors;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.GraphOperation;
import org.tensorflow.Result;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

final class BitGraphTest {
  private static final Architecture TINY = new Architecture(List.of(1, 1, 1, 1), 8, 4);
  private static final Optional<Head> FIVE = Optional.of(new Head(5, Activation.SOFTMAX));

  private static BitGraph open(Checkpoint weights, Optional<Head> head) throws IOException {
    return BitGraph.open(weights, TINY, head, SessionOptions.DEFAULT);
  }

  private static float[] run(BitGraph bit, Endpoint endpoint) {
    try (TFloat32 images =
            TFloat32.tensorOf(
                Shape.of(2, 40, 56, 3), DataBuffers.of(SeededTensors.images(3, 2, 40, 56, 3)));
        Result result =
            bit.session().runner().feed(bit.images(), images).fetch(bit.at(endpoint)).run()) {
      return Tensors.floats((TFloat32) result.get(0));
    }
  }

  private static int operations(BitGraph bit) {
    int n = 0;
    for (Iterator<GraphOperation> it = bit.graph().operations(); it.hasNext(); it.next()) {
      n++;
    }
    return n;
  }

  @Test
  void aHeadOfZerosAnswersZero() throws IOException {
    try (BitGraph bit = open(InitialWeights.of(TINY, 5, 1), FIVE)) {
      assertArrayEquals(new float[10], run(bit, Endpoint.LOGITS));
    }
  }

  @Test
  void neverAddsToItsGraph() throws IOException {
    try (BitGraph bit = open(SeededCheckpoint.of(TINY, 5, 1), FIVE)) {
      int before = operations(bit);
      for (Endpoint e : Endpoint.values()) {
        assertTrue(run(bit, e).length > 0, e.layer());
      }
      assertEquals(before, operations(bit));
    }
  }

  @Test
  void aBackboneEndsAtThePreLogits() throws IOException {
    try (BitGraph bit = open(SeededCheckpoint.of(TINY, 5, 1), Optional.empty());
        BitGraph whole = open(SeededCheckpoint.of(TINY, 5, 1), FIVE)) {
      assertArrayEquals(run(whole, Endpoint.PRE_LOGITS), run(bit, Endpoint.PRE_LOGITS));
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> bit.at(Endpoint.LOGITS));
      assertEquals("logits: the network has no head", e.getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void refusesAWeightThatIsNotFinite(float value) {
    String name = "resnet/block3/unit01/b/group_norm/beta";
    Checkpoint bad = new Altered(SeededCheckpoint.of(TINY, 5, 1), name, value);
    Corrupt e = assertThrows(Corrupt.class, () -> open(bad, FIVE).close());
    assertEquals("altered.npz: tensor '" + name + "'", e.problem().where());
    assertEquals(value + " at index 2", e.problem().found());
  }

  @Test
  void readsNothingOfAFileThatDoesNotMatch() {
    Architecture wider = new Architecture(List.of(1, 1, 1, 1), 16, 4);
    Altered other = new Altered(SeededCheckpoint.of(wider, 5, 1), "", 0);
    Mismatch e = assertThrows(Mismatch.class, () -> open(other, FIVE).close());
    assertTrue(e.getMessage().contains(PublishedNames.ROOT_KERNEL), e.getMessage());
    assertEquals(0, other.reads());
  }

  @Test
  void holdsKernelsStandardisedAndTheRestAsInTheFile() throws IOException {
    SeededCheckpoint weights = SeededCheckpoint.of(TINY, 5, 1);
    try (BitGraph bit = open(weights, FIVE);
        Checkpoint held = bit.variables().snapshot(bit.session())) {
      String gamma = "resnet/group_norm/gamma";
      assertArrayEquals(weights.floats(gamma), floats(held, gamma));
      String kernel = "resnet/block2/unit01/a/proj/standardized_conv2d/kernel";
      double[] expected = ReferenceNetwork.standardize(Tolerance.widen(weights.floats(kernel)), 64);
      double d = Tolerance.distance(expected, floats(held, kernel));
      Tolerance.assertNear(d, Tolerance.SMALL_FLOAT32, kernel);
    }
  }

  private static float[] floats(Checkpoint from, String name) throws IOException {
    FloatBuffer values = from.bytes(name).asFloatBuffer();
    float[] copy = new float[values.remaining()];
    values.get(copy);
    return copy;
  }

  @Test
  void aSnapshotIsOfNoUseOnceClosed() throws IOException {
    try (BitGraph bit = open(SeededCheckpoint.of(TINY, 5, 1), FIVE)) {
      Checkpoint held = bit.variables().snapshot(bit.session());
      held.close();
      held.close();
      IllegalStateException e =
          assertThrows(IllegalStateException.class, () -> held.bytes(PublishedNames.HEAD_BIAS));
      assertEquals("variables of a session: closed", e.getMessage());
    }
  }
}
