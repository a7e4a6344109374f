package io.github.tfbit.checkpoints.savedmodel;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.Existing;
import io.github.tfbit.checkpoints.bundle.BundleReader;
import io.github.tfbit.checkpoints.bundle.Foreign;
import io.github.tfbit.checkpoints.testing.Mutations;
import io.github.tfbit.checkpoints.testing.SeededNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
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

  @ParameterizedTest
  @ValueSource(strings = {"saved_model.pb", "variables/variables.index"})
  void everyMutationOfASmallNetworkIsReadOrRefused(String file) throws IOException {
    check(SeededNetwork.small(), file, Mutations.COUNT);
  }

  @Tag("large")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "saved_model.pb",
        "variables/variables.index",
        "variables/variables.data-00000-of-00001"
      })
  void everyMutationOfAFullSizeModelIsReadOrRefused(String file) throws IOException {
    check(SeededNetwork.fullSize(), file, Mutations.FULL_SIZE_COUNT);
  }

  private void check(SeededNetwork network, String file, int count) throws IOException {
    Path model = dir.resolve("m");
    SavedModelWriter.write(model, network, n -> n, Map.of(), Existing.REFUSE);
    var report =
        Mutations.run(model.resolve(file), model, 9_000_000, count, SavedModelMutationTest::open);
    assertTrue(report.refused() > count / 10, report.toString());
  }

  private static Checkpoint open(Path model) throws IOException {
    SavedModel savedModel = SavedModel.open(model);
    savedModel.serving();
    return BundleReader.open(savedModel.variables());
  }
}
