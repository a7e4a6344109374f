package io.github.tfbit.converters.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.tfbit.checkpoints.TensorInfo;
import io.github.tfbit.converters.Architecture;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class VocabularyTest {
  static Stream<Arguments> architectures() {
    return Architecture.names().stream()
        .flatMap(a -> Stream.of(Vocabulary.values()).map(v -> Arguments.of(a, v)));
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void thereAndBackIsTheSameName(String architecture, Vocabulary vocabulary) {
    List<String> names =
        Architecture.named(architecture).tensors(10).stream().map(TensorInfo::name).toList();
    List<String> foreign = names.stream().map(n -> vocabulary.foreign(n).orElseThrow()).toList();
    assertEquals(names.size(), foreign.stream().distinct().count());
    assertEquals(names, foreign.stream().map(n -> vocabulary.published(n).orElseThrow()).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "resnet/root_block/standardized_conv2d/kernel, stem.conv.weight,"
        + " bit.embedder.convolution.weight",
    "resnet/block1/unit01/a/group_norm/gamma, stages.0.blocks.0.norm1.weight,"
        + " bit.encoder.stages.0.layers.0.norm1.weight",
    "resnet/block3/unit36/c/group_norm/beta, stages.2.blocks.35.norm3.bias,"
        + " bit.encoder.stages.2.layers.35.norm3.bias",
    "resnet/block4/unit01/a/proj/standardized_conv2d/kernel,"
        + " stages.3.blocks.0.downsample.conv.weight,"
        + " bit.encoder.stages.3.layers.0.downsample.conv.weight",
    "resnet/block2/unit10/b/standardized_conv2d/kernel, stages.1.blocks.9.conv2.weight,"
        + " bit.encoder.stages.1.layers.9.conv2.weight",
    "resnet/group_norm/beta, norm.bias, bit.norm.bias",
    "resnet/head/conv2d/kernel, head.fc.weight, classifier.1.weight",
    "resnet/head/conv2d/bias, head.fc.bias, classifier.1.bias"
  })
  void spellsNamesAsTheLibrariesDo(String published, String timm, String hf) {
    assertEquals(Optional.of(timm), Vocabulary.TIMM.foreign(published));
    assertEquals(Optional.of(hf), Vocabulary.HF.foreign(published));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "stages.4.blocks.0.conv1.weight",
        "stages.0.blocks.00.conv1.weight",
        "stages.0.blocks.-1.conv1.weight",
        "stages.0.blocks.999999.conv1.weight",
        "stages.0.blocks.0.conv4.weight",
        "stages.0.blocks.0.conv1.weight.x",
        "xstem.conv.weight",
        "stemxconv.weight",
        ""
      })
  void knowsNoOtherNames(String name) {
    assertEquals(Optional.empty(), Vocabulary.TIMM.published(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "module.stem.conv.weight",
        "model.stem.conv.weight",
        "_orig_mod.module.stem.conv.weight"
      })
  void passesOverWrappers(String name) {
    assertEquals(
        Optional.of("resnet/root_block/standardized_conv2d/kernel"),
        Vocabulary.TIMM.published(name));
  }

  @Test
  void passesOverTheAbsenceOfBit() {
    assertEquals(
        Optional.of("resnet/block1/unit02/a/standardized_conv2d/kernel"),
        Vocabulary.HF.published("encoder.stages.0.layers.1.conv1.weight"));
  }
}
