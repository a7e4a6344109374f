package io.github.tfbit.converters.keras;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.TensorInfo;
import io.github.tfbit.checkpoints.hdf5.Hdf5Reader;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.converters.testing.SeededCheckpoint;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole network in a file of h5py. */
@Tag("python")
@Tag("golden")
class SeededH5Test {
  @TempDir Path dir;

  @Test
  void r50x1HasTheSameBitsInAKerasFile() throws Exception {
    String python = System.getProperty("tfbit.python");
    String shared = System.getProperty("tfbit.shared");
    assertNotNull(python, "expected -Dtfbit.python=INTERPRETER with h5py");
    assertNotNull(shared, "expected -Dtfbit.shared=DIRECTORY");
    Path script = Path.of(shared, "tools", "make_formats.py");
    Process process =
        new ProcessBuilder(
                python,
                script.toString(),
                "--out",
                dir.toString(),
                "--formats",
                "h5",
                "--seed",
                "11")
            .redirectErrorStream(true)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), out);
    SeededCheckpoint expected = SeededCheckpoint.of(Architecture.named("R50x1"), 10, 11);
    Path file = dir.resolve("BiT-seeded-R50x1.h5");
    try (Checkpoint c = KerasWeights.published(Hdf5Reader.open(file))) {
      assertEquals(expected.tensors(), c.tensors());
      for (TensorInfo t : expected.tensors()) {
        assertEquals(expected.bytes(t.name()), c.bytes(t.name()), t.name());
      }
    }
  }
}
