package io.github.tfbit.checkpoints.safetensors;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.checkpoints.testing.Mutations;
import io.github.tfbit.checkpoints.testing.SeededNetwork;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged files: each is read or refused for a reason, and quickly. */
class SafetensorsMutationTest {
  private static final Map<String, String> METADATA = Map.of("format", "pt");

  @TempDir Path dir;

  @Test
  void everyMutationOfASmallNetworkIsReadOrRefused() throws IOException {
    Path f = dir.resolve("small.safetensors");
    SafetensorsWriter.write(f, SeededNetwork.small(), METADATA);
    assertTrue(Files.size(f) < 100_000);
    check(f, 1_000_000, Mutations.COUNT);
  }

  /** Nearly all of this file is header, so that nearly all damage hits it. */
  @Test
  void everyMutationOfAHeaderIsReadOrRefused() throws IOException {
    String header =
        "{\"__metadata__\":{\"format\":\"pt\",\"a\":\"\\u0041\\n\"},"
            + SafetensorsBuilder.entry("a/x", "F32", "[2,1]", 0, 8)
            + ","
            + SafetensorsBuilder.entry("h", "F16", "[2]", 8, 12)
            + ","
            + SafetensorsBuilder.entry("e", "I64", "[0,7]", 12, 12)
            + "}";
    Path f =
        SafetensorsBuilder.write(
            dir.resolve("header.safetensors"),
            header.getBytes(StandardCharsets.UTF_8),
            new byte[12]);
    check(f, 2_000_000, Mutations.COUNT);
  }

  @Tag("large")
  @Test
  void everyMutationOfAFullSizeFileIsReadOrRefused() throws IOException {
    Path f = dir.resolve("full.safetensors");
    SafetensorsWriter.write(f, SeededNetwork.fullSize(), METADATA);
    check(f, 3_000_000, Mutations.FULL_SIZE_COUNT);
  }

  private static void check(Path f, long seed, int count) throws IOException {
    var report = Mutations.run(f, f, seed, count, SafetensorsReader::open);
    assertTrue(report.refused() > count / 5, report.toString());
  }
}
