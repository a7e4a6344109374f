package io.github.tfbit.integration.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.cli.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training processes that are killed at any moment, and what a resumed run makes of it. */
class KilledRunTest {
  private static final int STEPS = 40;
  private static final int PATIENCE_SECONDS = 120;

  @TempDir private Path dir;

  private Object[] finetune(Path model, Path data, Path run, Object... more) {
    List<Object> arguments = new ArrayList<>();
    arguments.addAll(
        List.of("finetune", "--model", model, "--data", data, "--out", run, "--steps", STEPS));
    arguments.addAll(List.of("--batch", 4, "--resize", 40, "--crop", 32, "--threads", 2));
    arguments.addAll(List.of("--save-every", 1, "--eval-every", 5, "--mixup", 0.1));
    arguments.addAll(List.of(more));
    return arguments.toArray();
  }

  private Process start(Object... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-cp", System.getProperty("java.class.path")));
    command.add(Main.class.getName());
    Arrays.stream(arguments).map(String::valueOf).forEach(command::add);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(dir.resolve("out.txt").toFile())
        .start();
  }

  /** Most of a process's time goes by before its first step, where there is little to lose. */
  private static void awaitFirstStep(Path run, Process writer) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!state(run).contains("step-") && writer.isAlive() && System.nanoTime() < deadline) {
      Thread.sleep(2);
    }
    assertTrue(Files.exists(run.resolve("run.json")), () -> "never started: " + run);
  }

  /** {@code -Dtfbit.kills=20}: two by default, all twenty in the build service. */
  @Test
  void endsInTheSameBytesAfterKills() throws Exception {
    long seed = Long.getLong("tfbit.seed", System.nanoTime());
    Random random = new Random(seed);
    int kills = Integer.getInteger("tfbit.kills", 2);
    System.out.println(kills + " kills, -Dtfbit.seed=" + seed);
    Path model = Fixtures.model(dir);
    Path data = Fixtures.data(dir);
    Path whole = dir.resolve("whole");
    Process uninterrupted = start(finetune(model, data, whole));
    awaitFirstStep(whole, uninterrupted);
    long begun = System.nanoTime();
    assertTrue(uninterrupted.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS));
    long span = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
    byte[] expected = Files.readAllBytes(whole.resolve("model.npz"));
    for (int i = 0; i < kills; i++) {
      Path run = dir.resolve("run" + i);
      Process victim = start(finetune(model, data, run));
      awaitFirstStep(run, victim);
      long after = random.nextLong(span);
      victim.waitFor(after, TimeUnit.MILLISECONDS);
      victim.destroyForcibly().waitFor(); // SIGKILL
      System.out.printf("killed after %d of %d ms: %s%n", after, span, state(run));
      Cli.run(finetune(model, data, run, "--resume")).done();
      assertArrayEquals(expected, Files.readAllBytes(run.resolve("model.npz")), "kill " + i);
      assertEquals(metrics(whole), metrics(run));
      try (Stream<Path> left = Files.walk(run)) {
        assertEquals(
            List.of(),
            left.filter(p -> p.getFileName().toString().startsWith(".")).toList(),
            "leftovers");
      }
    }
  }

  private static String state(Path run) throws IOException {
    if (Files.exists(run.resolve("model.npz"))) {
      return "finished";
    }
    if (!Files.isDirectory(run.resolve("state"))) {
      return "nothing saved";
    }
    try (Stream<Path> files = Files.list(run.resolve("state"))) {
      return String.join(" ", files.map(p -> p.getFileName().toString()).sorted().toList());
    }
  }

  private static List<String> metrics(Path run) throws IOException {
    try (Stream<String> lines = Files.lines(run.resolve("metrics.jsonl"))) {
      return lines.map(l -> l.replaceAll("\"(images_per_second|wait_share)\":[^,}]*", "")).toList();
    }
  }
}
