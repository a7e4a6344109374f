package io.github.tfbit.checkpoints.hdf5;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.testing.Mutations;
import io.github.tfbit.checkpoints.testing.SeededNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged files of both generations: each is read, attributes included, or refused. */
class Hdf5MutationTest {
  private static final List<String> ATTRIBUTES =
      List.of("fixed", "scalar", "variable", "variables", "spaces", "floats");

  @TempDir Path dir;

  @ParameterizedTest
  @ValueSource(strings = {"mixed-earliest", "mixed-latest", "tiny-compact", "dense"})
  void everyMutationIsReadOrRefused(String name) throws IOException {
    Path file = Files.write(dir.resolve(name + ".h5"), Hdf5Form.resource(name));
    var report = Mutations.run(file, file, 1, Mutations.COUNT, Hdf5MutationTest::open);
    assertTrue(report.refused() > Mutations.COUNT / 8, report.toString());
  }

  @Test
  void everyMutationOfASmallNetworkIsReadOrRefused() throws IOException {
    Path file = Files.write(dir.resolve("small.h5"), network(SeededNetwork.small()).build());
    assertTrue(Files.size(file) < 100_000, Files.size(file) + " bytes");
    var report = Mutations.run(file, file, 1_000_000, Mutations.COUNT, Hdf5MutationTest::open);
    assertTrue(report.refused() > Mutations.COUNT / 8, report.toString());
  }

  /** Most damage hits values, over which the format has no checksum. */
  @Tag("large")
  @Test
  void everyMutationOfAFullSizeFileIsReadOrRefused() throws IOException {
    Path file = network(SeededNetwork.fullSize()).write(dir.resolve("full.h5"), 100_000_000);
    int count = Mutations.FULL_SIZE_COUNT;
    var report = Mutations.run(file, file, 4_000_000, count, Hdf5MutationTest::open);
    assertTrue(report.refused() > count / 20, report.toString());
  }

  private static Hdf5Builder network(SeededNetwork network) throws IOException {
    return new Hdf5Builder().datasets(network).attribute("", "fixed", List.of("resnet"));
  }

  private static Checkpoint open(Path file) throws IOException {
    Hdf5Reader reader = Hdf5Reader.open(file);
    for (String attribute : ATTRIBUTES) {
      reader.strings("", attribute);
    }
    return reader;
  }
}
