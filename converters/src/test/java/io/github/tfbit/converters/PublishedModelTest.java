package io.github.tfbit.converters;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.checkpoints.CheckpointException.Mismatch;
import io.github.tfbit.checkpoints.DType;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PublishedModelTest {
  private static final Architecture R50X1 = Architecture.named("R50x1");
  private static final String GAMMA = "resnet/block3/unit02/b/group_norm/gamma";
  private static final String KERNEL = "resnet/block3/unit02/b/standardized_conv2d/kernel";

  static List<String> names() {
    return Architecture.names();
  }

  private static Mismatch odd(FakeCheckpoint c) {
    return assertThrows(Mismatch.class, () -> PublishedModel.of(c));
  }

  private static Mismatch unequal(FakeCheckpoint c) {
    return assertThrows(Mismatch.class, () -> PublishedModel.requireMatch(c, R50X1, 10, false));
  }

  @ParameterizedTest
  @MethodSource("names")
  void readsEveryNamedArchitecture(String name) throws IOException {
    Architecture a = Architecture.named(name);
    assertEquals(
        new PublishedModel(a, Optional.of(new Head(1000, Activation.SOFTMAX))),
        PublishedModel.of(FakeCheckpoint.of(a, 1000)));
  }

  @Test
  void readsAnArchitectureWithoutAName() throws IOException {
    Architecture a = new Architecture(List.of(1, 2, 1, 3), 8, 4);
    assertEquals(a, PublishedModel.of(FakeCheckpoint.of(a, 3)).architecture());
  }

  @Test
  void aBackboneAloneHasNoHead() throws IOException {
    assertEquals(Optional.empty(), PublishedModel.of(FakeCheckpoint.of(R50X1, 0)).head());
  }

  @Test
  void aHeadOf21843ClassesIsSigmoid() throws IOException {
    assertEquals(
        Optional.of(new Head(21_843, Activation.SIGMOID)),
        PublishedModel.of(FakeCheckpoint.of(R50X1, 21_843)).head());
  }

  @Test
  void anotherKindOfFileIsNoModel() {
    Mismatch e = odd(new FakeCheckpoint().with("x", 1).with("y", 1));
    assertEquals("2 tensors: x, y", e.problem().found());
    assertTrue(e.problem().expected().contains(PublishedNames.ROOT_KERNEL));
  }

  @Test
  void aGapInTheUnitsIsNamed() {
    FakeCheckpoint c = FakeCheckpoint.of(R50X1, 10).with("resnet/block2/unit09/a/x", 1);
    Mismatch e = odd(c);
    assertTrue(e.problem().expected().endsWith("block2"), e.getMessage());
    assertEquals("units [1, 2, 3, 4, 9]", e.problem().found());
  }

  @Test
  void aRootOfAnotherShapeIsNoModel() {
    Mismatch e = odd(FakeCheckpoint.of(R50X1, 10).with(PublishedNames.ROOT_KERNEL, 64, 3, 7, 7));
    assertEquals("[64, 3, 7, 7]", e.problem().found());
  }

  @Test
  void aRootWithTooManyChannelsIsNoModel() {
    odd(FakeCheckpoint.of(R50X1, 10).with(PublishedNames.ROOT_KERNEL, 7, 7, 3, 1 << 28));
  }

  @Test
  void channelsThatNoGroupsDivideAreNoModel() {
    Mismatch e = odd(FakeCheckpoint.of(R50X1, 10).with(PublishedNames.ROOT_KERNEL, 7, 7, 3, 67));
    assertTrue(e.problem().found().contains("32 groups of 67 channels"), e.getMessage());
  }

  @Test
  void halfAHeadIsOdd() {
    Mismatch e = odd(FakeCheckpoint.of(R50X1, 10).without(PublishedNames.HEAD_BIAS));
    assertEquals("no '" + PublishedNames.HEAD_BIAS + "'", e.problem().found());
  }

  @Test
  void aHeadOfAnotherRankIsOdd() {
    odd(FakeCheckpoint.of(R50X1, 10).with(PublishedNames.HEAD_KERNEL, 2048, 10));
  }

  @Test
  void oneMissingTensorIsNamed() {
    Mismatch e = odd(FakeCheckpoint.of(R50X1, 10).without(GAMMA));
    assertEquals("- only in the model: " + GAMMA + " [256]", e.problem().found());
    assertEquals("the tensors of R50x1 with 10 classes", e.problem().expected());
  }

  @Test
  void halfPrecisionIsAModelAllTheSame() {
    FakeCheckpoint c = FakeCheckpoint.of(R50X1, 10).with(GAMMA, DType.FLOAT16, 256);
    assertDoesNotThrow(() -> PublishedModel.of(c));
  }

  @Test
  void equalTensorsMatch() {
    FakeCheckpoint c = FakeCheckpoint.of(R50X1, 10);
    assertDoesNotThrow(() -> PublishedModel.requireMatch(c, R50X1, 10, false));
  }

  @Test
  void everyDifferenceIsListed() {
    FakeCheckpoint c =
        FakeCheckpoint.of(R50X1, 10).without(GAMMA).with("extra", 2, 3).with(KERNEL, 3, 3, 1, 1);
    String found = unequal(c).problem().found();
    assertTrue(found.startsWith("3 differences:"), found);
    assertTrue(found.contains("+ only in the file: extra [2, 3]\n"), found);
    assertTrue(found.contains("- only in the model: " + GAMMA + " [256]\n"), found);
    assertTrue(
        found.contains(
            "tensor '" + KERNEL + "' is [3, 3, 1, 1], the model needs [3, 3, 256, 256]\n"),
        found);
  }

  @Test
  void anotherWidthIsHintedAt() {
    String remedy = unequal(FakeCheckpoint.of(Architecture.named("R50x3"), 10)).problem().remedy();
    String hint = "the file looks like width factor 3, the model was built with 1; ";
    assertTrue(remedy.startsWith(hint), remedy);
  }

  @Test
  void anotherDepthIsHintedAt() {
    String remedy = unequal(FakeCheckpoint.of(Architecture.named("R101x1"), 10)).problem().remedy();
    String hint = "the file looks like R101x1, the model was built as R50x1; ";
    assertTrue(remedy.startsWith(hint), remedy);
  }

  @Test
  void anotherElementTypeIsAMismatch() {
    FakeCheckpoint c = FakeCheckpoint.of(R50X1, 10).with(GAMMA, DType.FLOAT16, 256);
    Mismatch e = unequal(c);
    assertEquals("tensor '" + GAMMA + "' is FLOAT16, the model needs FLOAT32", e.problem().found());
    assertTrue(e.problem().remedy().startsWith("convert the file to FLOAT32"), e.getMessage());
  }

  @Test
  void anotherHeadIsAMismatch() {
    String found = unequal(FakeCheckpoint.of(R50X1, 11)).problem().found();
    assertTrue(found.contains("[1, 1, 2048, 11], the model needs [1, 1, 2048, 10]"), found);
  }

  @Test
  void aNewHeadMayDiffer() {
    FakeCheckpoint other = FakeCheckpoint.of(R50X1, 11);
    FakeCheckpoint none = FakeCheckpoint.of(R50X1, 0);
    assertDoesNotThrow(() -> PublishedModel.requireMatch(other, R50X1, 10, true));
    assertDoesNotThrow(() -> PublishedModel.requireMatch(none, R50X1, 10, true));
  }

  @Test
  void aNewHeadExcusesNothingElse() {
    FakeCheckpoint c = FakeCheckpoint.of(R50X1, 11).without(GAMMA);
    Mismatch e =
        assertThrows(Mismatch.class, () -> PublishedModel.requireMatch(c, R50X1, 10, true));
    assertFalse(e.getMessage().contains("head"), e.getMessage());
  }
}
