package io.github.tfbit.checkpoints.hdf5;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.testing.Mutations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

  private static Checkpoint open(Path file) throws IOException {
    Hdf5Reader reader = Hdf5Reader.open(file);
    for (String attribute : ATTRIBUTES) {
      reader.strings("", attribute);
    }
    return reader;
  }
}
