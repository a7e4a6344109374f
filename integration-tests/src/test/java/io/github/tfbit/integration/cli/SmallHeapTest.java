package io.github.tfbit.integration.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.checkpoints.npz.NpzWriter;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.converters.testing.SeededCheckpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands on 1.4 GB of weights, each in a process of its own with a heap of 512 MB. */
@Tag("large")
class SmallHeapTest {
  @TempDir Path dir;

  private Path npz;

  @BeforeEach
  void writeTheModel() throws IOException {
    npz = dir.resolve("R50x3.npz");
    try (SeededCheckpoint weights = SeededCheckpoint.of(Architecture.named("R50x3"), 21_843, 3)) {
      NpzWriter.write(npz, weights);
    }
  }

  @Test
  void convertsToTimmAndBackToTheSameBytesAndInspectsBoth() throws Exception {
    Path timm = dir.resolve("timm.safetensors");
    Path back = dir.resolve("back.npz");
    run("convert", "--model", npz.toString(), "--to", "timm", "--out", timm.toString());
    run("convert", "--model", timm.toString(), "--to", "npz", "--out", back.toString());
    assertEquals(-1, Files.mismatch(npz, back));
    String id = contentId(run("inspect", npz.toString()));
    assertEquals(id, contentId(run("inspect", timm.toString())));
  }

  private static String contentId(String inspected) {
    String line =
        inspected.lines().filter(l -> l.startsWith("content id")).findFirst().orElse(inspected);
    assertTrue(line.matches("content id +[0-9a-f]{64}"), line);
    return line;
  }

  private String run(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx512m");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add("io.github.tfbit.cli.Main");
    command.addAll(List.of(arguments));
    Path log = dir.resolve("log.txt");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    int status = process.waitFor();
    String output = Files.readString(log);
    assertEquals(0, status, output);
    return output;
  }
}
