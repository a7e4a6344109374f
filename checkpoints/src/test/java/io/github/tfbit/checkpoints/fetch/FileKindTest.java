package io.github.tfbit.checkpoints.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each kind of file is known by its beginning and its end. */
class FileKindTest {
  @TempDir private Path folder;

  private Optional<String> objection(FileKind kind, byte[] bytes) throws IOException {
    Path file = folder.resolve("f");
    Files.write(file, bytes);
    return Structure.objection(file, kind, false);
  }

  private static byte[] whole(FileKind kind) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    switch (kind) {
      case ZIP -> {
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
          zip.setComment("a comment");
          zip.putNextEntry(new ZipEntry("a"));
          zip.write(new byte[1000]);
        }
      }
      case HDF5 -> {
        ByteBuffer block = ByteBuffer.allocate(200).order(ByteOrder.LITTLE_ENDIAN);
        block.put(new byte[] {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n', 0});
        block.put(13, (byte) 8).put(14, (byte) 8).putLong(40, 200);
        out.write(block.array());
      }
      case GZIP -> {
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
          gzip.write(Hostile.bytes(200, 1));
        }
      }
      case SAFETENSORS -> {
        String header =
            "{\"__metadata__\":{\"data_offsets\":\"no\"},"
                + "\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}";
        ByteBuffer length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        out.write(length.putLong(header.length()).array());
        out.write(header.getBytes(StandardCharsets.UTF_8));
        out.write(new byte[8]);
      }
      case TENSOR_INDEX -> {
        ByteBuffer table = ByteBuffer.allocate(100).order(ByteOrder.LITTLE_ENDIAN);
        out.write(table.putLong(92, 0xdb4775248b80fb57L).array());
      }
      case JSON -> out.writeBytes("{\"a\": [1, 2]}".getBytes(StandardCharsets.UTF_8));
      case TEXT -> out.writeBytes("Haus\nK\u00e4se".getBytes(StandardCharsets.UTF_8));
      case BINARY -> out.write(new byte[100]);
    }
    return out.toByteArray();
  }

  @ParameterizedTest
  @EnumSource
  void takesTheWholeFile(FileKind kind) throws IOException {
    assertEquals(Optional.empty(), objection(kind, whole(kind)));
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"TEXT", "BINARY"})
  void refusesEveryCut(FileKind kind) throws IOException {
    byte[] whole = whole(kind);
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertTrue(objection(kind, cut).isPresent(), kind + " cut at " + length);
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesAWebPage(FileKind kind) throws IOException {
    for (String page :
        new String[] {"<html>", "\uFEFF\n<!DOCTYPE HTML>", "<?xml version='1.0'?>"}) {
      String objection = objection(kind, page.getBytes(StandardCharsets.UTF_8)).orElseThrow();
      assertTrue(objection.startsWith("a web page"), objection);
    }
  }

  @Test
  void refusesTextThatIsNone() throws IOException {
    assertTrue(objection(FileKind.TEXT, new byte[] {'a', (byte) 0xff}).isPresent());
    assertTrue(objection(FileKind.TEXT, new byte[] {'a', 0}).isPresent());
  }

  @Test
  void refusesHostileSafetensorsHeader() throws IOException {
    for (String header :
        new String[] {
          "{\"a\":{\"data_offsets\":[0,9223372036854775807]}}",
          "{\"a\":{\"data_offsets\":[0,1e99]}}",
          "{\"a\":7}",
          "{\"a\":{\"data_offsets\":[\"x\"]}}",
          "{{{{{{{{{{{"
        }) {
      ByteBuffer file = ByteBuffer.allocate(8 + header.length()).order(ByteOrder.LITTLE_ENDIAN);
      file.putLong(header.length()).put(header.getBytes(StandardCharsets.UTF_8));
      assertTrue(objection(FileKind.SAFETENSORS, file.array()).isPresent(), header);
    }
  }
}
