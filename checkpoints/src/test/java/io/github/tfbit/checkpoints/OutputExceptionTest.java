package io.github.tfbit.checkpoints;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutputExceptionTest {
  private static final Path TARGET = Path.of("runs", "model.npz");

  private static OutputException explain(IOException cause) {
    return assertInstanceOf(OutputException.class, OutputException.whileWriting(TARGET, cause));
  }

  /** The words of Linux, macOS and Windows. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "No space left on device",
        "Disk quota exceeded",
        "There is not enough space on the disk"
      })
  void aFullDiskIsRecognised(String words) {
    OutputException e = explain(new IOException(words));
    assertEquals("a full disk (" + words + ")", e.problem().found());
    assertEquals(TARGET.toString(), e.problem().where());
  }

  @Test
  void aLimitOnTheSizeOfFilesIsNoFullDisk() {
    OutputException e = explain(new IOException("File too large"));
    assertTrue(e.problem().found().startsWith("a limit of the system"), e.getMessage());
    assertTrue(e.problem().remedy().contains("ulimit -f"), e.getMessage());
  }

  @Test
  void aFullDiskIsRecognisedWithAFileName() {
    IOException cause = new FileSystemException("f", null, "No space left on device");
    assertEquals("room for the whole output", explain(cause).problem().expected());
  }

  @Test
  void otherFailuresNameTheirKind() {
    IOException cause = new AccessDeniedException("/runs");
    OutputException e = explain(cause);
    assertEquals("AccessDeniedException: /runs", e.problem().found());
    assertSame(cause, e.getCause());
  }

  @Test
  void whatAlreadySpeaksStays() {
    IOException spoken = explain(new IOException("No space left on device"));
    assertSame(spoken, OutputException.whileWriting(TARGET, spoken));
    IOException corrupt = CheckpointException.corrupt("f", "a", "b");
    assertSame(corrupt, OutputException.whileWriting(TARGET, corrupt));
  }

  @Test
  void anInterruptStaysAnInterrupt() {
    IOException interrupt = new ClosedByInterruptException();
    assertSame(interrupt, OutputException.whileWriting(TARGET, interrupt));
  }

  @Test
  void theMessageHasFourParts() {
    assertEquals(
        TARGET
            + ": expected a writable place, found IOException: broken; "
            + "check the place and its permissions; nothing was left behind",
        explain(new IOException("broken")).getMessage());
  }
}
