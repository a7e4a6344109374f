package io.github.tfbit.checkpoints.safetensors;

import static io.github.tfbit.checkpoints.safetensors.SafetensorsBuilder.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.checkpoints.CheckpointException;
import io.github.tfbit.checkpoints.DType;
import io.github.tfbit.checkpoints.TensorInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsReaderTest {
  private static final String X = entry("x", "F32", "[1]", 0, 4);

  @TempDir Path dir;

  private Path file(String header, int contents) throws IOException {
    return SafetensorsBuilder.write(dir.resolve("f.safetensors"), header, contents);
  }

  @Test
  void everyReadElementTypeIsNamed() throws IOException {
    Path f =
        file(
            "{%s,%s,%s,%s,%s}"
                .formatted(
                    entry("i", "I64", "[1]", 0, 8),
                    entry("d", "F64", "[1]", 8, 16),
                    entry("f", "F32", "[1]", 16, 20),
                    entry("b", "BF16", "[1]", 20, 22),
                    entry("h", "F16", "[1]", 22, 24)),
            24);
    try (SafetensorsReader c = SafetensorsReader.open(f)) {
      assertEquals(
          List.of(DType.INT64, DType.FLOAT64, DType.FLOAT32, DType.BFLOAT16, DType.FLOAT16),
          c.tensors().stream().map(TensorInfo::dtype).toList());
    }
  }

  @Test
  void mapsATensor() throws IOException {
    try (SafetensorsReader c = SafetensorsReader.open(file("{" + X + "}", 4))) {
      assertTrue(c.bytes("x").isDirect());
    }
  }

  @Test
  void hasMetadata() throws IOException {
    Path f = file("{\"__metadata__\":{\"format\":\"pt\",\"ä\":\"\\n\"}," + X + "}", 4);
    try (SafetensorsReader c = SafetensorsReader.open(f)) {
      assertEquals(Map.of("format", "pt", "ä", "\n"), c.metadata());
    }
  }

  @Test
  void metadataMayBeNullOrLastOrMissing() throws IOException {
    for (String header :
        List.of(
            "{\"__metadata__\":null," + X + "}",
            "{" + X + ",\"__metadata__\":{}}",
            "{" + X + "}")) {
      try (SafetensorsReader c = SafetensorsReader.open(file(header, 4))) {
        assertEquals(Map.of(), c.metadata());
      }
    }
  }

  @Test
  void whiteSpaceMayFollowTheHeader() throws IOException {
    try (SafetensorsReader c = SafetensorsReader.open(file("{" + X + "}\n\t ", 4))) {
      assertEquals(1, c.tensors().size());
    }
  }

  @Test
  void fieldsOfLaterVersionsArePassedOver() throws IOException {
    String header =
        "{\"x\":{\"dtype\":\"F32\",\"new\":{\"a\":[1]},\"shape\":[],\"data_offsets\":[0,4]}}";
    try (SafetensorsReader c = SafetensorsReader.open(file(header, 4))) {
      assertEquals(List.of(), c.tensors().get(0).shape());
    }
  }

  @Test
  void aFileMayHoldNoTensor() throws IOException {
    try (SafetensorsReader c = SafetensorsReader.open(file("{}      ", 0))) {
      assertEquals(List.of(), c.tensors());
    }
  }

  @Test
  void aTensorOfManyPiecesIsReadWhole() throws IOException {
    byte[] contents = new byte[3_000_004];
    for (int i = 0; i < contents.length; i++) {
      contents[i] = (byte) (i / 7);
    }
    byte[] header =
        ("{" + entry("x", "F32", "[750001]", 0, contents.length) + "}")
            .getBytes(StandardCharsets.UTF_8);
    Path f = SafetensorsBuilder.write(dir.resolve("big"), header, contents);
    try (SafetensorsReader c = SafetensorsReader.open(f)) {
      ByteBuffer heap = ByteBuffer.allocate(contents.length);
      c.read("x", heap);
      assertEquals(ByteBuffer.wrap(contents), heap.flip());
    }
  }

  @Test
  void noticesAFileThatChangedMeanwhile() throws IOException {
    Path f = file("{" + X + "}", 4);
    try (SafetensorsReader c = SafetensorsReader.open(f)) {
      Files.setLastModifiedTime(f, FileTime.fromMillis(0));
      assertThrows(CheckpointException.Corrupt.class, () -> c.bytes("x"));
    }
  }

  @Test
  void anInterruptedThreadDoesNotStopTheOthers() throws IOException {
    try (SafetensorsReader c = SafetensorsReader.open(file("{" + X + "}", 4))) {
      Thread.currentThread().interrupt();
      assertThrows(ClosedByInterruptException.class, () -> c.read("x", ByteBuffer.allocate(4)));
      assertTrue(Thread.interrupted());
      assertEquals(4, c.bytes("x").remaining());
    }
  }

  @Test
  void aMissingFileIsNamed() {
    Path no = dir.resolve("no");
    var e = assertThrows(CheckpointException.Missing.class, () -> SafetensorsReader.open(no));
    assertEquals(no.toString(), e.problem().where());
  }
}
