package io.github.tfbit.checkpoints.hdf5;

import io.github.tfbit.checkpoints.testing.CheckpointContract;
import java.util.stream.Stream;

class Hdf5ContractTest extends CheckpointContract {
  @Override
  protected Stream<Form> forms() {
    return Stream.of(Hdf5Form.values());
  }
}
