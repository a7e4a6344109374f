package io.github.tfbit.checkpoints.safetensors;

import static io.github.tfbit.checkpoints.safetensors.SafetensorsBuilder.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.checkpoints.CheckpointException;
import io.github.tfbit.checkpoints.CheckpointException.Corrupt;
import io.github.tfbit.checkpoints.CheckpointException.Unsupported;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Headers that lie, each refused for its reason. */
class HostileSafetensorsTest {
  private static final String X = entry("x", "F32", "[1]", 0, 4);

  @TempDir Path dir;

  private <T extends CheckpointException> T refused(Class<T> type, Path f) {
    return assertThrows(type, () -> SafetensorsReader.open(f).close());
  }

  private <T extends CheckpointException> String found(Class<T> type, String header, int contents)
      throws IOException {
    Path f = SafetensorsBuilder.write(dir.resolve("f"), header, contents);
    return refused(type, f).problem().found();
  }

  private String length(long length, int bytes) throws IOException {
    ByteBuffer b = ByteBuffer.allocate(Math.max(bytes, 8)).order(ByteOrder.LITTLE_ENDIAN);
    b.putLong(length);
    byte[] file = java.util.Arrays.copyOf(b.array(), bytes);
    return refused(Corrupt.class, Files.write(dir.resolve("f"), file)).problem().found();
  }

  @Test
  void refusesAFileWithoutAHeader() throws IOException {
    assertEquals("0 bytes in all", length(0, 0));
    assertEquals("8 bytes in all", length(2, 8));
  }

  @Test
  void refusesAHeaderLongerThanTheFile() throws IOException {
    assertEquals("93", length(93, 100));
    assertEquals("9223372036854775807", length(Long.MAX_VALUE, 100));
    assertEquals("18446744073709551615", length(-1, 100));
    assertEquals("9223372036854775808", length(Long.MIN_VALUE, 100));
    assertEquals("1", length(1, 100));
  }

  @Test
  void refusesAHeaderAboveTheFormatsLimit() throws IOException {
    Path f = sparse(HeaderReader.FORMAT_LIMIT + 1);
    assertEquals("100000001", refused(Corrupt.class, f).problem().found());
  }

  @Test
  void refusesAHeaderAboveOurLimitUnread() throws IOException {
    Path f = sparse(HeaderReader.LIMIT + 1);
    assertEquals("16000001 bytes", refused(Unsupported.class, f).problem().found());
  }

  private Path sparse(long header) throws IOException {
    Path f = dir.resolve("sparse");
    try (RandomAccessFile file = new RandomAccessFile(f.toFile(), "rw")) {
      file.write(ByteBuffer.allocate(9).order(ByteOrder.LITTLE_ENDIAN).putLong(header).array());
      file.setLength(8 + header);
    }
    return f;
  }

  @Test
  void refusesAHeaderThatBeginsOtherwise() throws IOException {
    assertEquals("0x20", found(Corrupt.class, " {}", 0));
    assertEquals("0x5b", found(Corrupt.class, "[]", 0));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      textBlock =
          """
          {"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}\\0
          {"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},}
          {"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}{}
          {'x':{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}
          {"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}
          {"x":{"dtype":"F32","shape":[1,],"data_offsets":[0,4]}}
          {"x":{"dtype":"F32","shape":1,"data_offsets":[0,4]}}
          {"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4,4]}}
          {"x":{"dtype":"F32","shape":[1],"data_offsets":[0]}}
          {"x":null}
          {"x":[]}
          {"x":1}
          {x:1}
          {"x":{"dtype":F32,"shape":[1],"data_offsets":[0,4]}}
          {"x":{"dtype":"F32","shape":[NaN],"data_offsets":[0,4]}}
          {"__metadata__":[],"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}
          """)
  void refusesWhatIsNoSuchJson(String header) throws IOException {
    Path f = SafetensorsBuilder.write(dir.resolve("f"), header.replace("\\0", "\0"), 4);
    var e = refused(Corrupt.class, f);
    assertTrue(e.problem().where().startsWith(f.toString()), e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "1.0, 1.0",
    "1e0, 1e0",
    "-1, -1",
    "-0, -0",
    "9223372036854775808, 9223372036854775808",
    "99999999999999999999, 99999999999999999999",
    "\"1\", a JSON STRING",
    "true, a JSON BOOLEAN",
    "null, a JSON NULL",
    "[1], a JSON BEGIN_ARRAY"
  })
  void refusesNumbersThatAreNoSizes(String number, String shown) throws IOException {
    String header = "{\"x\":{\"dtype\":\"F32\",\"shape\":[" + number + "],\"data_offsets\":[0,4]}}";
    assertEquals(shown, found(Corrupt.class, header, 4));
  }

  @Test
  void refusesATensorThatComesTwice() throws IOException {
    assertEquals("'x' twice", found(Corrupt.class, "{" + X + "," + X + "}", 4));
    assertEquals(
        "'x' twice", found(Corrupt.class, "{" + X + "," + X.replace("x", "\\u0078") + "}", 4));
  }

  @Test
  void refusesAFieldThatComesTwice() throws IOException {
    String twice = X.replace("\"shape\"", "\"dtype\":\"F32\",\"shape\"");
    assertEquals("DTYPE twice", found(Corrupt.class, "{" + twice + "}", 4));
  }

  @Test
  void refusesAFieldThatIsMissing() throws IOException {
    String header = "{\"x\":{\"dtype\":\"F32\",\"data_offsets\":[0,4]}}";
    assertEquals("2 of the three", found(Corrupt.class, header, 4));
  }

  @Test
  void refusesMetadataThatIsNotText() throws IOException {
    assertEquals("a JSON NUMBER", found(Corrupt.class, "{\"__metadata__\":{\"a\":1}}", 0));
  }

  @Test
  void refusesMetadataThatComeTwice() throws IOException {
    assertEquals("it twice", found(Corrupt.class, "{\"__metadata__\":{},\"__metadata__\":{}}", 0));
    assertEquals(
        "'a' twice", found(Corrupt.class, "{\"__metadata__\":{\"a\":\"1\",\"a\":\"2\"}}", 0));
  }

  @Test
  void refusesAGap() throws IOException {
    assertEquals("4 to 8", found(Corrupt.class, "{" + entry("x", "F32", "[1]", 4, 8) + "}", 8));
  }

  @Test
  void refusesAnOverlap() throws IOException {
    String header = "{" + X + "," + entry("y", "F32", "[1]", 2, 6) + "}";
    assertEquals("2 to 6", found(Corrupt.class, header, 6));
    header = "{" + X + "," + entry("y", "F32", "[1]", 0, 4) + "}";
    assertEquals("0 to 4", found(Corrupt.class, header, 4));
  }

  @Test
  void refusesContentsThatNoTensorCovers() throws IOException {
    assertEquals("5 bytes", found(Corrupt.class, "{" + X + "}", 5));
  }

  @Test
  void refusesContentsThatEndEarly() throws IOException {
    assertEquals("0 to 4", found(Corrupt.class, "{" + X + "}", 3));
  }

  @Test
  void refusesOffsetsInReverse() throws IOException {
    assertEquals("0 to 4", found(Corrupt.class, "{" + X + "}", 0));
    String header = "{" + X + "," + entry("y", "F32", "[0]", 4, 0) + "}";
    assertEquals("4 to 0", found(Corrupt.class, header, 4));
  }

  @Test
  void refusesAShapeOfAnotherLength() throws IOException {
    assertEquals(
        "data_offsets 4 bytes apart",
        found(Corrupt.class, "{" + entry("x", "F32", "[2]", 0, 4) + "}", 4));
  }

  @Test
  void refusesAShapeWhoseProductOverflows() throws IOException {
    String shape = "[2147483647,2147483647,2147483647]";
    assertEquals(
        shape.replace(",", ", "),
        found(Corrupt.class, "{" + entry("x", "F32", shape, 0, 4) + "}", 4));
  }

  @Test
  void refusesADimensionAbove31Bits() throws IOException {
    assertEquals(
        "a dimension of 2147483648",
        found(Unsupported.class, "{" + entry("x", "F32", "[0,2147483648]", 0, 0) + "}", 0));
  }

  @Test
  void refusesManyDimensions() throws IOException {
    String shape = "[" + "1,".repeat(64) + "1]";
    assertEquals(
        "more dimensions", found(Unsupported.class, "{" + entry("x", "F32", shape, 0, 4) + "}", 4));
  }

  @ParameterizedTest
  @CsvSource({"U8, 1", "BOOL, 1", "F8_E4M3, 1", "I32, 4", "U64, 8", "C64, 8"})
  void namesTheTensorOfAnElementTypeThatIsNotRead(String type, int bytes) throws IOException {
    String header = "{" + entry("x", type, "[1]", 0, bytes) + "}";
    Path f = SafetensorsBuilder.write(dir.resolve("f"), header, bytes);
    var problem = refused(Unsupported.class, f).problem();
    assertEquals(type, problem.found());
    assertEquals(f + ": tensor 'x'", problem.where());
  }

  @Test
  void namesAnElementTypeThatItDoesNotKnow() throws IOException {
    assertEquals("'f32'", found(Unsupported.class, "{" + entry("x", "f32", "[1]", 0, 4) + "}", 4));
  }

  @Test
  void refusesHalfAByte() throws IOException {
    assertEquals(
        "data_offsets 0 bytes apart",
        found(Corrupt.class, "{" + entry("x", "F4", "[1]", 0, 0) + "}", 0));
  }

  @Test
  void refusesBytesThatAreNotUtf8() throws IOException {
    byte[] header = ("{" + X + "}").getBytes(StandardCharsets.ISO_8859_1);
    header[2] = (byte) 0xff;
    Path f = SafetensorsBuilder.write(dir.resolve("f"), header, new byte[4]);
    assertTrue(refused(Corrupt.class, f).problem().found().startsWith("MalformedInputException"));
  }

  @Test
  void refusesHalfACharacter() throws IOException {
    String found = found(Corrupt.class, "{" + X.replace("x", "\\ud800") + "}", 4);
    assertTrue(found.contains("Unpaired surrogate"), found);
  }

  @Test
  void refusesDeepNesting() throws IOException {
    String deep = "[".repeat(100_000) + "]".repeat(100_000);
    String header = "{\"x\":{\"new\":" + deep + ",\"dtype\":\"F32\"}}";
    assertTrue(found(Corrupt.class, header, 0).startsWith("MalformedJsonException: Nesting limit"));
  }

  @Test
  void refusesManyTensors() throws IOException {
    StringBuilder header =
        new StringBuilder("{\"t\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}");
    for (int i = 0; i < HeaderParser.MAX_TENSORS; i++) {
      header.append(',').append(entry("t" + i, "F32", "[0]", 0, 0));
    }
    assertEquals("more", found(Unsupported.class, header.append('}').toString(), 0));
  }

  @Test
  void refusesManyKeysOfMetadata() throws IOException {
    StringBuilder header = new StringBuilder("{\"__metadata__\":{\"k\":\"\"");
    for (int i = 0; i < HeaderParser.MAX_METADATA; i++) {
      header.append(",\"").append(i).append("\":\"\"");
    }
    assertEquals("more", found(Unsupported.class, header.append("}}").toString(), 0));
  }

  @Test
  void aMegabyteOfANameIsReadLikeAnyOther() throws IOException {
    String name = "n".repeat(1 << 20);
    Path f =
        SafetensorsBuilder.write(dir.resolve("f"), "{" + entry(name, "F32", "[]", 0, 4) + "}", 4);
    try (SafetensorsReader c = SafetensorsReader.open(f)) {
      assertEquals(name, c.tensors().get(0).name());
    }
  }

  @Test
  void aHostileNameMovesNoCursorAndFillsNoScreen() throws IOException {
    String name = "\\u001b[2J\\n\\u202e" + "n".repeat(1000);
    Path f =
        SafetensorsBuilder.write(dir.resolve("f"), "{" + entry(name, "F32", "[2]", 0, 4) + "}", 4);
    String where = refused(Corrupt.class, f).problem().where();
    assertEquals(f + ": tensor '?[2J??" + "n".repeat(194) + "... (1006 characters)'", where);
  }

  @Test
  void aHostileNameInBrokenJsonMovesNoCursor() throws IOException {
    String found = found(Corrupt.class, "{\"\\u001b[2J\\n\":{\"dtype\":@", 0);
    assertTrue(found.chars().noneMatch(Character::isISOControl), found);
  }
}
