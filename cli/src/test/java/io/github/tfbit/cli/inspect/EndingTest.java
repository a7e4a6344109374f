package io.github.tfbit.cli.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.tfbit.converters.Layout;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndingTest {
  @ParameterizedTest
  @CsvSource({
    "a.npz, NPZ",
    "a.NPZ, NPZ",
    "a.h5, KERAS_H5",
    "a.safetensors, HF_SAFETENSORS",
    "a.safetensors, TIMM_SAFETENSORS",
    "a.tar.gz, NPZ",
    "model, HUB_SAVED_MODEL",
    "weights.bin, NPZ"
  })
  void agreesOrPromisesNothing(String name, Layout layout) {
    assertEquals(Optional.empty(), Ending.defect(Path.of("models", name), layout));
  }

  @Test
  void saysWhatTheNamePromisesAndTheBytesAre() {
    assertEquals(
        Optional.of("the name ends in .safetensors, the bytes are npz"),
        Ending.defect(Path.of("b.safetensors"), Layout.NPZ));
    assertEquals(
        Optional.of("the name ends in .npz, the bytes are Keras h5"),
        Ending.defect(Path.of("b.npz"), Layout.KERAS_H5));
  }
}
