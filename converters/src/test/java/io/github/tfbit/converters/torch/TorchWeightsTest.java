package io.github.tfbit.converters.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.CheckpointException.Corrupt;
import io.github.tfbit.checkpoints.CheckpointException.Mismatch;
import io.github.tfbit.checkpoints.MemoryCheckpoint;
import io.github.tfbit.checkpoints.TensorInfo;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.converters.testing.SeededCheckpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TorchWeightsTest {
  private static final Architecture SMALL = new Architecture(List.of(2, 1, 1, 1), 8, 4);
  private static final String ROOT = "resnet/root_block/standardized_conv2d/kernel";

  @ParameterizedTest
  @EnumSource(Vocabulary.class)
  void thereAndBackAreTheSameBytes(Vocabulary vocabulary) throws IOException {
    SeededCheckpoint seeded = SeededCheckpoint.of(SMALL, 5, 3);
    MemoryCheckpoint stored = copy(TorchWeights.foreign(seeded, vocabulary));
    assertEquals(Optional.of(vocabulary), TorchWeights.vocabulary(stored.tensors()));
    Checkpoint back = TorchWeights.published(stored, vocabulary);
    assertEquals(seeded.tensors(), back.tensors());
    for (TensorInfo t : seeded.tensors()) {
      assertEquals(seeded.bytes(t.name()), back.bytes(t.name()), t.name());
    }
  }

  private static MemoryCheckpoint copy(Checkpoint c) throws IOException {
    MemoryCheckpoint copy = new MemoryCheckpoint();
    for (TensorInfo t : c.tensors()) {
      ByteBuffer all = ByteBuffer.allocate((int) t.byteSize());
      c.stream(t.name(), all::put);
      copy.add(t.name(), t.dtype(), t.shape(), all.array());
    }
    return copy;
  }

  @Test
  void kernelsLieOutputsFirst() throws IOException {
    MemoryCheckpoint hwio =
        new MemoryCheckpoint().add(ROOT, List.of(1, 2, 3, 2), 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    Checkpoint oihw = TorchWeights.foreign(hwio, Vocabulary.TIMM);
    assertEquals(List.of(2, 3, 1, 2), oihw.tensors().get(0).shape());
    ByteBuffer expected = ByteBuffer.allocate(48).order(ByteOrder.LITTLE_ENDIAN);
    expected.asFloatBuffer().put(new float[] {0, 6, 2, 8, 4, 10, 1, 7, 3, 9, 5, 11});
    assertEquals(expected, oihw.bytes("stem.conv.weight"));
  }

  @Test
  void theHeadHasTwoDimensionsForHuggingFaceAndFourForTimm() {
    SeededCheckpoint seeded = SeededCheckpoint.of(SMALL, 5, 3);
    assertEquals(
        List.of(5, 256),
        TorchWeights.foreign(seeded, Vocabulary.HF).find("classifier.1.weight").get().shape());
    assertEquals(
        List.of(5, 256, 1, 1),
        TorchWeights.foreign(seeded, Vocabulary.TIMM).find("head.fc.weight").get().shape());
  }

  @Test
  void aHeadOfOneClassMayHaveLostItsDimension() throws IOException {
    MemoryCheckpoint file =
        new MemoryCheckpoint().add("classifier.1.weight", List.of(3), 0.5f, 1, 2);
    Checkpoint c = TorchWeights.published(file, Vocabulary.HF);
    assertEquals(List.of(1, 1, 3, 1), c.tensors().get(0).shape());
    assertEquals(file.bytes("classifier.1.weight"), c.bytes("resnet/head/conv2d/kernel"));
  }

  @Test
  void aHeadOfTimmsMayHaveTwoDimensions() throws IOException {
    MemoryCheckpoint file =
        new MemoryCheckpoint().add("head.fc.weight", List.of(2, 3), 0, 1, 2, 3, 4, 5);
    Checkpoint c = TorchWeights.published(file, Vocabulary.TIMM);
    assertEquals(List.of(1, 1, 3, 2), c.tensors().get(0).shape());
    assertEquals(3f, c.bytes("resnet/head/conv2d/kernel").getFloat(4));
  }

  @Test
  void namesWhatIsNotBits() {
    MemoryCheckpoint file = new MemoryCheckpoint();
    for (String n : List.of("stem.conv.weight", "cls_token", "a", "b", "c", "d", "e")) {
      file.add(n, List.of(1), 1);
    }
    Mismatch e = assertThrows(Mismatch.class, () -> TorchWeights.published(file, Vocabulary.TIMM));
    assertEquals("cls_token [1], a [1], b [1], c [1], d [1] and 1 more", e.problem().found());
  }

  @Test
  void twoNamesThatMeanOneTensorAreCorrupt() {
    MemoryCheckpoint file =
        new MemoryCheckpoint()
            .add("norm.bias", List.of(1), 1)
            .add("module.norm.bias", List.of(1), 1);
    Corrupt e = assertThrows(Corrupt.class, () -> TorchWeights.published(file, Vocabulary.TIMM));
    assertEquals("two, 'norm.bias' and 'module.norm.bias'", e.problem().found());
  }

  @Test
  void otherNamesAreOfNoVocabulary() {
    assertEquals(Optional.empty(), TorchWeights.vocabulary(new MemoryCheckpoint().tensors()));
  }
}
