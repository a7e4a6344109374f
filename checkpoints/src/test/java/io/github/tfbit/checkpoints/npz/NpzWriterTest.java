package io.github.tfbit.checkpoints.npz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.Existing;
import io.github.tfbit.checkpoints.MemoryCheckpoint;
import io.github.tfbit.checkpoints.OutputException;
import io.github.tfbit.checkpoints.testing.CheckpointContract;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpzWriterTest {
  @TempDir Path dir;

  /** {@code a/x} 0 to 5 as 2x3, the scalar {@code s}, and {@code e} of shape 0x2. */
  static MemoryCheckpoint tiny() {
    return CheckpointContract.tiny();
  }

  /** Length and SHA-256 of what numpy 2.4.6's savez makes of the same arrays. */
  @Test
  void writesNumpysBytes() throws Exception {
    Path target = dir.resolve("tiny.npz");
    NpzWriter.write(target, tiny());
    byte[] bytes = Files.readAllBytes(target);
    assertEquals(756, bytes.length);
    assertEquals(
        "a639e6a72b961d8d03f187e0049f626e022818f95feadb4c09a27be649587f64",
        HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
  }

  @Test
  void readsBackWhatItWrote() throws IOException {
    Path target = dir.resolve("tiny.npz");
    NpzWriter.write(target, tiny());
    try (Checkpoint c = NpzReader.open(target)) {
      assertEquals(tiny().tensors(), c.tensors());
      for (var t : c.tensors()) {
        assertEquals(tiny().bytes(t.name()), c.bytes(t.name()));
      }
    }
  }

  @Test
  void readsBackZip64() throws IOException {
    Path target = Files.createFile(dir.resolve("tiny.npz"));
    NpzWriter.write(target, tiny(), 100);
    try (Checkpoint c = NpzReader.open(target)) {
      assertEquals(tiny().tensors(), c.tensors());
      assertEquals(2.5f, c.bytes("s").getFloat());
    }
  }

  @Test
  void refusesAnExistingTarget() throws IOException {
    Path target = Files.writeString(dir.resolve("tiny.npz"), "old");
    assertThrows(OutputException.class, () -> NpzWriter.write(target, tiny()));
    assertEquals("old", Files.readString(target));
  }

  @Test
  void replacesWhenTold() throws IOException {
    Path target = Files.writeString(dir.resolve("tiny.npz"), "old");
    NpzWriter.write(target, tiny(), Existing.REPLACE);
    assertEquals(756, Files.size(target));
  }

  @Test
  void leavesNothingWhenATensorCannotBeRead() throws IOException {
    Path target = dir.resolve("tiny.npz");
    Checkpoint lying =
        new MemoryCheckpoint().add("x", List.of(3), 1, 2); // One value short of its shape.
    var e = assertThrows(IllegalStateException.class, () -> NpzWriter.write(target, lying));
    assertEquals("expected 12 bytes of x from memory, found 8", e.getMessage());
    try (var files = Files.list(dir)) {
      assertFalse(files.findAny().isPresent());
    }
  }

  @Test
  void readFillsDirectMemoryFromThePositionOn() throws IOException {
    Path target = dir.resolve("tiny.npz");
    NpzWriter.write(target, tiny());
    ByteBuffer memory = ByteBuffer.allocateDirect(40).position(8);
    try (Checkpoint c = NpzReader.open(target)) {
      c.read("a/x", memory);
    }
    assertEquals(32, memory.position());
    assertEquals(tiny().bytes("a/x"), memory.flip().position(8));
  }
}
