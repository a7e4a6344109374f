package io.github.tfbit.checkpoints;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicDirectoryTest {
  @TempDir Path dir;

  @Test
  void appearsOnCommitOnly() throws IOException {
    Path target = dir.resolve("run");
    try (AtomicDirectory d = AtomicDirectory.create(target, Existing.REFUSE)) {
      Files.writeString(Files.createDirectory(d.path().resolve("sub")).resolve("f"), "x");
      assertFalse(Files.exists(target));
      d.commit();
    }
    assertEquals("x", Files.readString(target.resolve("sub/f")));
    assertEquals(List.of("run"), names());
  }

  @Test
  void abandoningLeavesNothing() throws IOException {
    try (AtomicDirectory d = AtomicDirectory.create(dir.resolve("run"), Existing.REFUSE)) {
      Files.writeString(Files.createDirectory(d.path().resolve("sub")).resolve("f"), "x");
    }
    assertEquals(List.of(), names());
  }

  @Test
  void refusesAnExistingTarget() throws IOException {
    Path target = Files.createDirectory(dir.resolve("run"));
    OutputException e =
        assertThrows(
            OutputException.class, () -> AtomicDirectory.create(target, Existing.REFUSE).close());
    assertEquals("an existing directory", e.problem().found());
  }

  @Test
  void replacesTheWholeOldDirectory() throws IOException {
    Path target = Files.createDirectory(dir.resolve("run"));
    Files.writeString(target.resolve("old"), "old");
    try (AtomicDirectory d = AtomicDirectory.create(target, Existing.REPLACE)) {
      Files.writeString(d.path().resolve("new"), "new");
      d.commit();
    }
    assertFalse(Files.exists(target.resolve("old")));
    assertEquals("new", Files.readString(target.resolve("new")));
    assertEquals(List.of("run"), names());
  }

  @Test
  void refusesATargetThatAppearedMeanwhile() throws IOException {
    Path target = dir.resolve("run");
    try (AtomicDirectory d = AtomicDirectory.create(target, Existing.REFUSE)) {
      Files.createDirectory(target);
      assertThrows(OutputException.class, d::commit);
    }
    assertEquals(List.of("run"), names());
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(dir)) {
      return files.map(p -> p.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void deletesWhatKilledWritersLeftAndNothingElse() throws IOException {
    Path target = dir.resolve("7");
    Path left = Files.createDirectories(dir.resolve(".7.0123abcd.part/variables"));
    Files.writeString(left.resolve("half"), "x");
    Path other = Files.createDirectories(dir.resolve(".8.0123abcd.part"));
    AtomicDirectory.deleteAbandoned(target);
    assertFalse(Files.exists(left.getParent()));
    assertTrue(Files.exists(other));
  }
}
