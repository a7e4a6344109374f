package io.github.tfbit.checkpoints.safetensors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.DType;
import io.github.tfbit.checkpoints.Existing;
import io.github.tfbit.checkpoints.MemoryCheckpoint;
import io.github.tfbit.checkpoints.OutputException;
import io.github.tfbit.checkpoints.TensorInfo;
import io.github.tfbit.checkpoints.testing.CheckpointContract;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsWriterTest {
  private static final Map<String, String> PT = Map.of("format", "pt");

  @TempDir Path dir;

  private static String header(Path f) throws IOException {
    ByteBuffer b = ByteBuffer.wrap(Files.readAllBytes(f)).order(ByteOrder.LITTLE_ENDIAN);
    return new String(b.array(), 8, (int) b.getLong(0), StandardCharsets.UTF_8);
  }

  @Test
  void writesTheLibrarysHeader() throws IOException {
    Path f = dir.resolve("f");
    SafetensorsWriter.write(f, CheckpointContract.tiny(), PT);
    assertEquals(
        "{\"__metadata__\":{\"format\":\"pt\"},"
            + "\"a/x\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,24]},"
            + "\"e\":{\"dtype\":\"F32\",\"shape\":[0,2],\"data_offsets\":[24,24]},"
            + "\"s\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[24,28]}}"
            + " ".repeat(7),
        header(f));
  }

  @Test
  void writesNoMetadataWithoutAny() throws IOException {
    Path f = dir.resolve("f");
    SafetensorsWriter.write(f, new MemoryCheckpoint(), Map.of());
    assertEquals("{}      ", header(f));
  }

  @Test
  void wideTypesComeFirst() throws IOException {
    Path f = dir.resolve("f");
    MemoryCheckpoint mixed = new MemoryCheckpoint();
    for (DType t : DType.values()) {
      mixed.add(t.name(), t, List.of(1), new byte[t.bytes()]);
    }
    SafetensorsWriter.write(f, mixed, PT);
    try (Checkpoint c = SafetensorsReader.open(f)) {
      assertEquals(
          List.of("INT64", "FLOAT64", "FLOAT32", "BFLOAT16", "FLOAT16"),
          c.tensors().stream().map(TensorInfo::name).toList());
    }
  }

  @Test
  void readsBackWhatItWrote() throws IOException {
    Path f = dir.resolve("f");
    SafetensorsWriter.write(f, CheckpointContract.tiny(), PT);
    try (SafetensorsReader c = SafetensorsReader.open(f)) {
      assertEquals(PT, c.metadata());
      for (TensorInfo t : c.tensors()) {
        assertEquals(CheckpointContract.tiny().bytes(t.name()), c.bytes(t.name()));
      }
    }
  }

  @Test
  void namesOfAllCharactersComeBack() throws IOException {
    Path f = dir.resolve("f");
    String name = "größe\"\\\b\f\n\r\t\u0001\u007f/\u2028\uffff\uD83D\uDE00";
    SafetensorsWriter.write(f, new MemoryCheckpoint().add(name, List.of(), 1), Map.of(name, name));
    try (SafetensorsReader c = SafetensorsReader.open(f)) {
      assertEquals(name, c.tensors().get(0).name());
      assertEquals(Map.of(name, name), c.metadata());
    }
  }

  @Test
  void refusesHalfACharacter() throws IOException {
    Path f = dir.resolve("f");
    MemoryCheckpoint half = new MemoryCheckpoint().add("\uD83D", List.of(), 1);
    var e = assertThrows(OutputException.class, () -> SafetensorsWriter.write(f, half, PT));
    assertEquals("half a character", e.problem().found());
  }

  @Test
  void refusesATensorNamedLikeTheMetadata() throws IOException {
    Path f = dir.resolve("f");
    MemoryCheckpoint c = new MemoryCheckpoint().add("__metadata__", List.of(), 1);
    var e = assertThrows(OutputException.class, () -> SafetensorsWriter.write(f, c, PT));
    assertEquals("__metadata__", e.problem().found());
  }

  @Test
  void refusesAnExistingTarget() throws IOException {
    Path f = Files.writeString(dir.resolve("f"), "old");
    assertThrows(
        OutputException.class, () -> SafetensorsWriter.write(f, CheckpointContract.tiny(), PT));
    assertEquals("old", Files.readString(f));
  }

  @Test
  void replacesWhenTold() throws IOException {
    Path f = Files.writeString(dir.resolve("f"), "old");
    SafetensorsWriter.write(f, CheckpointContract.tiny(), PT, Existing.REPLACE);
    try (Checkpoint c = SafetensorsReader.open(f)) {
      assertEquals(3, c.tensors().size());
    }
  }

  @Test
  void leavesNothingWhenATensorIsTooShort() throws IOException {
    Path f = dir.resolve("f");
    Checkpoint lying = new MemoryCheckpoint().add("x", List.of(3), 1, 2);
    var e = assertThrows(IllegalStateException.class, () -> SafetensorsWriter.write(f, lying, PT));
    assertEquals("expected 12 bytes of x from memory, found 8", e.getMessage());
    try (var files = Files.list(dir)) {
      assertFalse(files.findAny().isPresent());
    }
  }
}
