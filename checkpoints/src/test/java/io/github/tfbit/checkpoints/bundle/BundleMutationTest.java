package io.github.tfbit.checkpoints.bundle;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.checkpoints.Existing;
import io.github.tfbit.checkpoints.testing.CheckpointContract;
import io.github.tfbit.checkpoints.testing.Mutations;
import io.github.tfbit.checkpoints.testing.SeededNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundleMutationTest {
  @TempDir Path dir;

  @ParameterizedTest
  @ValueSource(strings = {"variables.index", "variables.data-00000-of-00001"})
  void everyMutationOfTensorFlowsFilesIsReadOrRefused(String file) throws IOException {
    Path variables = Foreign.copy("hub2", dir.resolve("m")).resolve("variables");
    Path prefix = variables.resolve("variables");
    var report =
        Mutations.run(variables.resolve(file), prefix, 1000, Mutations.COUNT, BundleReader::open);
    assertTrue(report.refused() > Mutations.COUNT / 2, report.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"small.index", "small.data-00000-of-00001"})
  void everyMutationOfASmallNetworkIsReadOrRefused(String file) throws IOException {
    Path prefix = dir.resolve("small");
    BundleWriter.write(prefix, SeededNetwork.small(), Existing.REFUSE);
    assertTrue(Files.size(dir.resolve(file)) < 100_000);
    var report =
        Mutations.run(dir.resolve(file), prefix, 7000, Mutations.COUNT, BundleReader::open);
    assertTrue(report.refused() > Mutations.COUNT / 2, report.toString());
  }

  /** Without checksums in the way: what a hostile file, not a damaged one, can say. */
  @Test
  void everyMutationUnderRightChecksumsIsReadOrRefused() throws IOException {
    Path prefix = dir.resolve("m");
    BundleWriter.write(prefix, CheckpointContract.tiny(), Existing.REFUSE);
    Path copy = dir.resolve("copy");
    Files.copy(ShardFile.path(prefix, 0, 1), ShardFile.path(copy, 0, 1));
    Path index = dir.resolve("m.index");
    var report =
        Mutations.run(
            index,
            prefix,
            5000,
            Mutations.COUNT,
            damaged -> {
              Checksums.repair(index, dir.resolve("copy.index"));
              return BundleReader.open(copy);
            });
    assertTrue(report.read() > Mutations.COUNT / 20, report.toString());
    assertTrue(report.refused() > Mutations.COUNT / 4, report.toString());
  }

  @Tag("large")
  @ParameterizedTest
  @ValueSource(strings = {"full.index", "full.data-00000-of-00001"})
  void everyMutationOfAFullSizeCheckpointIsReadOrRefused(String file) throws IOException {
    Path folder = Files.createDirectory(dir.resolve("m"));
    BundleWriter.write(folder.resolve("full"), SeededNetwork.fullSize(), Existing.REFUSE);
    int count = Mutations.FULL_SIZE_COUNT;
    var report =
        Mutations.run(
            folder.resolve(file),
            folder,
            9_000_000,
            count,
            model -> BundleReader.open(model.resolve("full")));
    assertTrue(report.refused() > count / 2, report.toString());
  }
}
