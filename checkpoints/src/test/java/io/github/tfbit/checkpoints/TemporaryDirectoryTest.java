package io.github.tfbit.checkpoints;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryDirectoryTest {
  @TempDir Path dir;

  @Test
  void isGoneWithItsFilesWhenClosed() throws IOException {
    Path path;
    try (TemporaryDirectory directory = TemporaryDirectory.create()) {
      path = directory.path();
      Files.writeString(Files.createDirectories(path.resolve("a/b")).resolve("c"), "1");
    }
    assertFalse(Files.exists(path));
  }

  @Test
  void whatALinkPointsAtStays() throws IOException {
    Path kept = Files.writeString(dir.resolve("kept"), "1");
    try (TemporaryDirectory directory = TemporaryDirectory.create()) {
      Files.createSymbolicLink(directory.path().resolve("file"), kept);
      Files.createSymbolicLink(directory.path().resolve("folder"), dir);
    }
    assertTrue(Files.exists(kept));
  }

  @Test
  void closingTwiceIsNoError() throws IOException {
    TemporaryDirectory directory = TemporaryDirectory.create();
    directory.close();
    directory.close();
  }

  @Test
  void noTwoAreTheSame() throws IOException {
    try (TemporaryDirectory a = TemporaryDirectory.create();
        TemporaryDirectory b = TemporaryDirectory.create()) {
      assertNotEquals(a.path(), b.path());
    }
  }

  /** Makes and deletes many, and uses each; another process sweeps meanwhile. */
  static final class Churn {
    private Churn() {}

    public static void main(String[] args) throws IOException {
      for (int i = 0; i < 300; i++) {
        try (TemporaryDirectory directory = TemporaryDirectory.create()) {
          Path file = Files.writeString(directory.path().resolve("a"), args[0]);
          if (!Files.readString(file).equals(args[0])) {
            throw new IOException(file + " changed");
          }
        }
      }
    }
  }

  @Test
  void processesDoNotSweepEachOthersNewOnes() throws Exception {
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      processes.add(
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Djava.io.tmpdir=" + dir,
                  "-cp",
                  System.getProperty("java.class.path"),
                  Churn.class.getName(),
                  "process " + i)
              .redirectErrorStream(true)
              .redirectOutput(dir.resolve("said" + i).toFile())
              .start());
    }
    for (int i = 0; i < 3; i++) {
      int status = processes.get(i).waitFor();
      assertEquals(0, status, Files.readString(dir.resolve("said" + i)));
    }
    try (Stream<Path> left = Files.list(dir)) {
      assertEquals(3, left.count());
    }
  }

  @Test
  void sweepsWhatADeadProcessLeft() throws IOException {
    Path left = Files.createDirectories(dir.resolve("tfbit-dead/a"));
    Files.writeString(left.resolve("weights"), "1");
    Files.createFile(dir.resolve("tfbit-dead.lock"));
    Path other = Files.createDirectories(dir.resolve("tfbit-unmarked"));
    Ownership.sweep(dir);
    assertFalse(Files.exists(dir.resolve("tfbit-dead")));
    assertFalse(Files.exists(dir.resolve("tfbit-dead.lock")));
    assertTrue(Files.exists(other));
  }

  @Test
  void leavesWhatALivingProcessUses() throws IOException {
    Ownership living = Ownership.claim(dir);
    Files.createDirectory(living.directory());
    Ownership.sweep(dir);
    assertTrue(Files.exists(living.directory()));
    living.release();
    assertFalse(Files.exists(Ownership.mark(living.directory())));
  }

  @Test
  void followsNoLinkWhileSweeping() throws IOException {
    Path kept = Files.writeString(Files.createDirectory(dir.resolve("kept")).resolve("f"), "1");
    Files.createSymbolicLink(dir.resolve("tfbit-link"), dir.resolve("kept"));
    Files.createFile(dir.resolve("tfbit-link.lock"));
    Ownership.sweep(dir);
    assertTrue(Files.exists(kept));
  }
}
