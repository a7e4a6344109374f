package io.github.tfbit.checkpoints;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir Path dir;

  @Test
  void appearsOnCommitOnly() throws IOException {
    Path target = dir.resolve("a.txt");
    try (AtomicFile file = AtomicFile.create(target, Existing.REFUSE)) {
      Files.writeString(file.path(), "whole");
      assertFalse(Files.exists(target));
      file.commit();
    }
    assertEquals("whole", Files.readString(target));
    assertEquals(List.of("a.txt"), names());
  }

  @Test
  void abandoningLeavesNothing() throws IOException {
    try (AtomicFile file = AtomicFile.create(dir.resolve("a.txt"), Existing.REFUSE)) {
      Files.writeString(file.path(), "half");
    }
    assertEquals(List.of(), names());
  }

  @Test
  void deletesWhatKilledWritersLeft() throws IOException {
    for (String name : List.of(".a.txt.0123abcd.part", ".a.txt.part", ".b.txt.0123abcd.part")) {
      Files.writeString(dir.resolve(name), "half");
    }
    AtomicFile.deleteAbandoned(dir.resolve("a.txt"));
    assertEquals(List.of(".a.txt.part", ".b.txt.0123abcd.part"), names());
  }

  @Test
  void refusesAnExistingTarget() throws IOException {
    Path target = Files.writeString(dir.resolve("a.txt"), "old");
    OutputException e =
        assertThrows(
            OutputException.class, () -> AtomicFile.write(target, Existing.REFUSE, p -> {}));
    assertEquals("an existing file", e.problem().found());
    assertEquals(target.toString(), e.problem().where());
    assertTrue(e.problem().remedy().contains("--force"), e.problem().remedy());
    assertEquals("old", Files.readString(target));
  }

  @Test
  void refusesATargetThatAppearedMeanwhile() throws IOException {
    Path target = dir.resolve("a.txt");
    try (AtomicFile file = AtomicFile.create(target, Existing.REFUSE)) {
      Files.writeString(target, "another's");
      assertThrows(OutputException.class, file::commit);
    }
    assertEquals("another's", Files.readString(target));
    assertEquals(List.of("a.txt"), names());
  }

  @Test
  void replacesWhenTold() throws IOException {
    Path target = Files.writeString(dir.resolve("a.txt"), "old");
    AtomicFile.write(target, Existing.REPLACE, p -> Files.writeString(p, "new"));
    assertEquals("new", Files.readString(target));
  }

  @Test
  void keepsTheOldFileWhenTheBodyFails() throws IOException {
    Path target = Files.writeString(dir.resolve("a.txt"), "old");
    IOException cause = new IOException("broken pipe");
    OutputException e =
        assertThrows(
            OutputException.class,
            () ->
                AtomicFile.write(
                    target,
                    Existing.REPLACE,
                    p -> {
                      throw cause;
                    }));
    assertSame(cause, e.getCause());
    assertEquals("old", Files.readString(target));
    assertEquals(List.of("a.txt"), names());
  }

  @Test
  void aFullDiskIsNamed() {
    Path target = dir.resolve("a.txt");
    OutputException e =
        assertThrows(
            OutputException.class,
            () ->
                AtomicFile.write(
                    target,
                    Existing.REFUSE,
                    p -> {
                      throw new IOException("No space left on device");
                    }));
    assertEquals("a full disk (No space left on device)", e.problem().found());
    assertEquals("room for the whole output", e.problem().expected());
    assertTrue(e.problem().remedy().startsWith("free space there"), e.problem().remedy());
  }

  @Test
  void refusesAMissingFolder() {
    Path target = dir.resolve("no/such/a.txt");
    OutputException e =
        assertThrows(
            OutputException.class, () -> AtomicFile.create(target, Existing.REFUSE).close());
    assertEquals("no folder " + dir.resolve("no/such"), e.problem().found());
  }

  @Test
  void neverReplacesADirectoryByAFile() throws IOException {
    Path target = Files.createDirectory(dir.resolve("d"));
    OutputException e =
        assertThrows(
            OutputException.class, () -> AtomicFile.create(target, Existing.REPLACE).close());
    assertEquals("a directory", e.problem().found());
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(dir)) {
      return files.map(p -> p.getFileName().toString()).sorted().toList();
    }
  }
}
