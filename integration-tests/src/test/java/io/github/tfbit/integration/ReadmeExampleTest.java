package io.github.tfbit.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.BitModel;
import io.github.tfbit.Prediction;
import io.github.tfbit.checkpoints.npz.NpzWriter;
import io.github.tfbit.converters.Activation;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.converters.testing.SeededCheckpoint;
import io.github.tfbit.data.ImageSize;
import java.awt.Color;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the README's example from a checkpoint to an answer, and looks at what it left. */
class ReadmeExampleTest {
  @TempDir static Path dir;

  private static Path red;
  private static Prediction.Ranked answer;

  @BeforeAll
  static void runIt() throws IOException {
    Path photos = dir.resolve("photos");
    Pictures.draw(photos.resolve("blue"), 12, Color.BLUE);
    red = Pictures.draw(photos.resolve("red"), 12, Color.RED).get(0);
    Path bit = dir.resolve("bit.npz");
    NpzWriter.write(bit, SeededCheckpoint.of(Architecture.named(Architecture.SMALL), 10, 7));
    answer =
        ReadmeExample.fineTuneAndServe(
            bit, photos, dir.resolve("run"), dir.resolve("models"), red, 8);
  }

  @Test
  void namesTheClassesOfTheFolders() {
    List<String> labels = answer.top().stream().map(Prediction.Score::label).sorted().toList();
    assertEquals(List.of("blue", "red"), labels);
  }

  @Test
  void aRunIsOpenedWithItsLabelsActivationAndSize() throws IOException {
    try (BitModel model = BitModel.open(dir.resolve("run"))) {
      assertEquals(List.of("blue", "red"), model.labels().names());
      assertEquals(Activation.SOFTMAX, model.head().orElseThrow().activation());
      assertEquals(Architecture.named(Architecture.SMALL), model.architecture());
      assertEquals(ImageSize.square(56), model.size());
    }
  }

  @Test
  void aFreshJvmAnswersFromTheExport() throws Exception {
    Path out = dir.resolve("answer.txt");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command = new ArrayList<>(List.of(java));
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(a -> a.startsWith("--enable-native") || a.startsWith("--sun-misc"))
        .forEach(command::add);
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            AnswerFromExport.class.getName(),
            dir.resolve("models").resolve("1").toString(),
            red.toString(),
            out.toString()));
    Path log = dir.resolve("log.txt");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    assertEquals(0, process.waitFor(), () -> read(log));
    String[] found = Files.readString(out).split(" ", 2);
    assertEquals(answer.best().label(), found[0]);
    double d = Math.abs(answer.best().probability() - Double.parseDouble(found[1]));
    assertTrue(d <= 2e-5, "scores differ by " + d);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
