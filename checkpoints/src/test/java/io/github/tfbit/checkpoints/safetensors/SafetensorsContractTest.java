package io.github.tfbit.checkpoints.safetensors;

import io.github.tfbit.checkpoints.testing.CheckpointContract;
import java.util.stream.Stream;

class SafetensorsContractTest extends CheckpointContract {
  @Override
  protected Stream<Form> forms() {
    return Stream.of(SafetensorsForm.values());
  }
}
