package io.github.tfbit.integration.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.cli.Main;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exporting processes that are killed at any moment, and what a polling server sees of them. */
class KilledExportTest {
  private static final int PATIENCE_SECONDS = 120;

  @TempDir private Path dir;

  private Process start(Path model, Path base) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-cp", System.getProperty("java.class.path")));
    command.add(Main.class.getName());
    Stream.of("export", "--model", model, "--out", base, "--size", 32, 40)
        .map(String::valueOf)
        .forEach(command::add);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(dir.resolve("out.txt").toFile())
        .start();
  }

  /** Files and their sizes; empty if the version is not there. */
  private static Map<String, Long> seen(Path version) throws IOException {
    Map<String, Long> sizes = new TreeMap<>();
    try (Stream<Path> files = Files.walk(version)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        sizes.put(version.relativize(file).toString(), Files.size(file));
      }
    } catch (NoSuchFileException | UncheckedIOException e) {
      return new TreeMap<>();
    }
    return sizes;
  }

  /** Until the process begins to write: most of its time goes by before. */
  private static void awaitWriting(Path base, Process writer) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (writer.isAlive() && System.nanoTime() < deadline && !hasEntries(base)) {
      Thread.sleep(2);
    }
    assertTrue(hasEntries(base), "never started");
  }

  private static boolean hasEntries(Path base) throws IOException {
    if (!Files.isDirectory(base)) {
      return false;
    }
    try (Stream<Path> entries = Files.list(base)) {
      return entries.findAny().isPresent();
    }
  }

  /** Looks at the version as often as it can until a time has passed or the process has ended. */
  private static void watch(Path version, Process writer, long millis, Map<String, Long> whole)
      throws IOException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    do {
      Map<String, Long> now = seen(version);
      assertTrue(now.isEmpty() || now.equals(whole), () -> "half a version: " + now);
    } while (System.nanoTime() < end && writer.isAlive());
  }

  /** {@code -Dtfbit.kills=20}: two by default, all twenty in the build service. */
  @Test
  void aServedDirectoryNeverShowsHalfAVersion() throws Exception {
    long seed = Long.getLong("tfbit.seed", System.nanoTime());
    Random random = new Random(seed);
    int kills = Integer.getInteger("tfbit.kills", 2);
    System.out.println(kills + " kills, -Dtfbit.seed=" + seed);
    Path model = Fixtures.model(dir);
    Path first = dir.resolve("0/photos");
    Process uninterrupted = start(model, first);
    awaitWriting(first, uninterrupted);
    long begun = System.nanoTime();
    assertTrue(uninterrupted.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS));
    long span = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
    Map<String, Long> whole = seen(first.resolve("1"));
    assertTrue(whole.containsKey("saved_model.pb"), whole::toString);
    int half = 0;
    for (int i = 1; i <= kills; i++) {
      Path base = dir.resolve(i + "/photos");
      Process victim = start(model, base);
      awaitWriting(base, victim);
      watch(base.resolve("1"), victim, random.nextLong(span + span / 2), whole);
      victim.destroyForcibly().waitFor(); // SIGKILL
      Map<String, Long> left = seen(base.resolve("1"));
      assertTrue(left.isEmpty() || left.equals(whole), () -> "half a version: " + left);
      half += left.isEmpty() ? 1 : 0;
      Path next = base.resolve(left.isEmpty() ? "1" : "2");
      assertEquals(
          next.toString(),
          Cli.run("export", "--model", model, "--out", base, "--size", 32, 40)
              .done()
              .out()
              .strip());
      assertEquals(whole.keySet(), seen(next).keySet());
      try (Stream<Path> entries = Files.list(base)) {
        List<String> names = entries.map(e -> e.getFileName().toString()).sorted().toList();
        assertEquals(left.isEmpty() ? List.of("1") : List.of("1", "2"), names, "leftovers");
      }
    }
    System.out.printf("%d of %d killed before the version was there, %d ms%n", half, kills, span);
  }
}
