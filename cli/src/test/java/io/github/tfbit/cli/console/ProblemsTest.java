package io.github.tfbit.cli.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.checkpoints.Problem;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class ProblemsTest {
  @Test
  void passesOnFourParts() {
    Problem problem = new Problem("a", "b", "c", "d");
    assertEquals(problem, Problems.of(new Failure(problem)));
  }

  @Test
  void namesTheMissingFile() {
    assertEquals("x.npz", Problems.of(new NoSuchFileException("x.npz")).where());
  }

  @Test
  void saysThatAFileMayNotBeRead() {
    assertTrue(Problems.of(new AccessDeniedException("x")).expected().contains("permission"));
  }

  @Test
  void tellsAFullDiskApart() {
    Problem p = Problems.of(new FileSystemException("out", null, "No space left on device"));
    assertTrue(p.found().contains("full disk"), p.found());
    assertEquals("out", p.where());
  }

  @Test
  void saysHowToGetMoreMemory() {
    assertTrue(Problems.of(new OutOfMemoryError("Java heap space")).remedy().contains("-Xmx"));
  }

  @Test
  void asksToReportWhatWasNotForeseen() {
    Problem p = Problems.of(new IllegalStateException("odd"));
    assertEquals("IllegalStateException: odd", p.found());
    assertTrue(p.remedy().contains("--verbose"));
  }

  @Test
  void keepsTheWordsOfOtherFailures() {
    assertEquals("cable cut", Problems.of(new IOException("cable cut")).found());
  }
}
