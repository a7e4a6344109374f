package io.github.tfbit.checkpoints.bundle;

import io.github.tfbit.checkpoints.testing.CheckpointContract;
import java.util.stream.Stream;

class BundleContractTest extends CheckpointContract {
  @Override
  protected Stream<Form> forms() {
    return Stream.of(BundleForm.values());
  }
}
