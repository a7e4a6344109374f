package io.github.tfbit.converters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.npz.NpzWriter;
import io.github.tfbit.converters.testing.SeededCheckpoint;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole network in the published layout. */
class SeededNpzTest {
  private static final Architecture R50X1 = Architecture.named("R50x1");

  @TempDir Path dir;

  /** The size of the published BiT-M-R50x1-CIFAR10.npz as its layout predicts it. */
  @Test
  void r50x1WithTenClassesHasThePublishedSize() throws Exception {
    Path npz = dir.resolve("r50x1.npz");
    NpzWriter.write(npz, SeededCheckpoint.of(R50X1, 10, 7));
    assertEquals(94_131_688L, Files.size(npz));
    try (Checkpoint c = Layout.open(npz)) {
      assertEquals(
          new PublishedModel(R50X1, Optional.of(new Head(10, Activation.SOFTMAX))),
          PublishedModel.of(c));
    }
  }

  @Test
  @Tag("python")
  @Tag("golden")
  void r50x1HasNumpysBytes() throws Exception {
    Path ours = dir.resolve("ours.npz");
    NpzWriter.write(ours, SeededCheckpoint.of(R50X1, 10, 7));
    String python = System.getProperty("tfbit.python");
    String shared = System.getProperty("tfbit.shared");
    assertNotNull(python, "expected -Dtfbit.python=INTERPRETER with numpy");
    assertNotNull(shared, "expected -Dtfbit.shared=DIRECTORY");
    Path numpys = dir.resolve("numpys.npz");
    Path script = Path.of(shared, "golden", "seeded.py");
    Process process =
        new ProcessBuilder(python, script.toString(), "50", "1", "10", "7", numpys.toString())
            .redirectErrorStream(true)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), out);
    assertEquals(-1, Files.mismatch(numpys, ours));
  }
}
