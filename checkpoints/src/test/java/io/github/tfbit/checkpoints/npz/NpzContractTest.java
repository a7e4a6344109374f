package io.github.tfbit.checkpoints.npz;

import io.github.tfbit.checkpoints.testing.CheckpointContract;
import java.util.stream.Stream;

class NpzContractTest extends CheckpointContract {
  @Override
  protected Stream<Form> forms() {
    return Stream.of(NpzForm.values());
  }
}
