package io.github.tfbit.checkpoints.savedmodel;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.bundle.BundleReader;
import io.github.tfbit.checkpoints.bundle.Foreign;
import io.github.tfbit.checkpoints.testing.Mutations;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SavedModelMutationTest {
  @TempDir Path dir;

  @ParameterizedTest
  @ValueSource(strings = {"hub1", "hub2"})
  void everyMutationOfTensorFlowsFileIsReadOrRefused(String module) throws IOException {
    Path model = Foreign.copy(module, dir.resolve("m"));
    Path file = model.resolve("saved_model.pb");
    var report = Mutations.run(file, model, 9000, Mutations.COUNT, SavedModelMutationTest::open);
    assertTrue(report.refused() > Mutations.COUNT / 10, report.toString());
  }

  private static Checkpoint open(Path model) throws IOException {
    SavedModel savedModel = SavedModel.open(model);
    savedModel.serving();
    return BundleReader.open(savedModel.variables());
  }
}
