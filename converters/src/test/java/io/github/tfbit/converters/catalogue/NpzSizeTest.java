package io.github.tfbit.converters.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.tfbit.checkpoints.npz.NpzWriter;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.converters.testing.SeededCheckpoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NpzSizeTest {
  /**
   * The first is a published file's; R152x4 with 21,843 classes was measured on what numpy writes;
   * the others are computed independently of this code.
   */
  @ParameterizedTest
  @CsvSource({
    "R152x2, 1000, 945485848",
    "R152x4, 21843, 4429346068",
    "R50x1, 10, 94131688",
    "R50x1, 1000, 102245728",
    "R50x1, 21843, 273074956",
    "R101x1, 1000, 178262588",
    "R101x1, 21843, 349091816",
    "R50x3, 1000, 869324640",
    "R50x3, 21843, 1381645580",
    "R101x3, 1000, 1551836220",
    "R101x3, 21843, 2064157160",
    "R152x2, 21843, 1287060932"
  })
  void isThatOfThePublishedFiles(String architecture, int classes, long bytes) {
    assertEquals(bytes, NpzSize.of(Architecture.named(architecture), classes));
  }

  @Test
  void isWhatTheWriterWrites(@TempDir Path folder) throws Exception {
    Architecture architecture = new Architecture(List.of(1, 2, 1, 1), 8, 4);
    Path file = folder.resolve("small.npz");
    NpzWriter.write(file, SeededCheckpoint.of(architecture, 11, 5));
    assertEquals(Files.size(file), NpzSize.of(architecture, 11));
  }
}
