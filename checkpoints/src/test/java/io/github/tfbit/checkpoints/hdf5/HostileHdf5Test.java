package io.github.tfbit.checkpoints.hdf5;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.checkpoints.CheckpointException;
import io.github.tfbit.checkpoints.CheckpointException.Corrupt;
import io.github.tfbit.checkpoints.CheckpointException.Unsupported;
import io.github.tfbit.checkpoints.DType;
import io.github.tfbit.checkpoints.testing.CheckpointContract;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One lie a file. */
class HostileHdf5Test {
  private static final int V1_HEADER = 16;
  private static final int MESSAGE = 8;

  @TempDir Path dir;

  private static ByteBuffer patched(byte[] file) {
    return ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] tiny() throws IOException {
    return new Hdf5Builder().datasets(CheckpointContract.tiny()).build();
  }

  private static byte[] one(List<Integer> shape, int bytes) {
    ByteBuffer contents = ByteBuffer.allocate(bytes);
    return new Hdf5Builder().dataset("x", DType.FLOAT32, shape, contents).build();
  }

  /** Where the last structure of that signature begins; the root group is written last. */
  private static int last(byte[] file, String signature) {
    return new String(file, StandardCharsets.ISO_8859_1).lastIndexOf(signature);
  }

  /** Where the body of a header's first message of a type begins. */
  private static int message(byte[] file, long header, int type) {
    ByteBuffer b = patched(file);
    int at = (int) header + V1_HEADER;
    while (b.getShort(at) != type) {
      at += MESSAGE + b.getShort(at + 2);
    }
    return at + MESSAGE;
  }

  /** The header of the root group's first member. */
  private static long member(byte[] file) {
    return patched(file).getLong(last(file, "SNOD") + 8 + 8);
  }

  private <E extends CheckpointException> E refused(Class<E> type, byte[] file) throws IOException {
    Path path = Files.write(dir.resolve("x.h5"), file);
    return assertThrows(type, () -> Hdf5Reader.open(path).close());
  }

  private void assertFound(String found, CheckpointException e) {
    assertEquals(found, e.problem().found(), e.getMessage());
  }

  @Test
  void refusesAFileThatIsCutShort() throws IOException {
    byte[] file = tiny();
    int half = file.length / 2;
    assertFound(half + " bytes", refused(Corrupt.class, Arrays.copyOf(file, half)));
  }

  @Test
  void refusesASuperblockThatIsCutShort() throws IOException {
    assertFound("its end after 6", refused(Corrupt.class, Arrays.copyOf(tiny(), 30)));
  }

  @ParameterizedTest
  @CsvSource({"8, 9, version 9", "13, 4, 4 and 8 bytes", "24, 1, 1", "48, 0, several"})
  void refusesOtherSuperblocks(int at, byte value, String found) throws IOException {
    byte[] file = tiny();
    file[at] = value;
    String message = refused(Unsupported.class, file).getMessage();
    assertTrue(message.contains(found), message);
  }

  @Test
  void refusesARootGroupBehindTheEnd() throws IOException {
    byte[] file = tiny();
    patched(file).putLong(64, Long.MAX_VALUE);
    assertFound("0 bytes at byte 9223372036854775807", refused(Corrupt.class, file));
  }

  @Test
  void refusesAHeaderLongerThanTheFile() throws IOException {
    byte[] file = tiny();
    int header = (int) patched(file).getLong(64);
    patched(file).putInt(header + 8, -1);
    assertFound("4294967295 bytes at byte " + (header + V1_HEADER), refused(Corrupt.class, file));
  }

  @Test
  void refusesAMessageLongerThanItsHeader() throws IOException {
    byte[] file = tiny();
    int at = message(file, patched(file).getLong(64), 0x11);
    patched(file).putShort(at - 6, (short) 0x7ff8);
    assertFound("its end after 16", refused(Corrupt.class, file));
  }

  @Test
  void refusesACircleOfContinuations() throws IOException {
    byte[] file = new Hdf5Builder().attribute("", "a", List.of("value of any length")).build();
    long header = patched(file).getLong(64);
    int at = message(file, header, 0x0C);
    int size = patched(file).getInt((int) header + 8);
    patched(file).putShort(at - 8, (short) 0x10).putLong(at, header + V1_HEADER);
    patched(file).putLong(at + 8, size);
    assertFound("one that leads back", refused(Corrupt.class, file));
  }

  @Test
  void refusesATreeThatLeadsBackToItsRoot() throws IOException {
    byte[] file = tiny();
    int tree = last(file, "TREE");
    patched(file).put(tree + 5, (byte) 1).putLong(tree + 32, tree);
    assertFound("1", refused(Corrupt.class, file));
  }

  @Test
  void refusesATreeWithOneNodeManyTimes() throws IOException {
    byte[] file = tiny();
    int tree = last(file, "TREE");
    patched(file).putShort(tree + 6, (short) 2);
    patched(file).putLong(tree + 48, patched(file).getLong(tree + 32));
    assertFound("'a' twice", refused(Corrupt.class, file));
  }

  @Test
  void refusesAHeapOfNamesLargerThanTheFile() throws IOException {
    byte[] file = tiny();
    int heap = last(file, "HEAP");
    patched(file).putLong(heap + 8, Long.MAX_VALUE);
    String found = refused(Corrupt.class, file).problem().found();
    assertTrue(found.startsWith("9223372036854775807 bytes at byte "), found);
  }

  @Test
  void refusesANameOutsideItsHeap() throws IOException {
    byte[] file = tiny();
    patched(file).putLong(last(file, "SNOD") + 8, Long.MIN_VALUE + 1000);
    String found = refused(Corrupt.class, file).problem().found();
    assertTrue(found.startsWith("its end after "), found);
  }

  @ParameterizedTest
  @CsvSource({"..", "."})
  void refusesNamesThatAreNotPlain(String name) throws IOException {
    byte[] file = new Hdf5Builder().group(name).build();
    assertFound("'" + name + "'", refused(Corrupt.class, file));
  }

  @Test
  void refusesANegativeDimension() throws IOException {
    byte[] file = one(List.of(2), 8);
    patched(file).putLong(message(file, member(file), 0x01) + 8, -1);
    assertFound("18446744073709551615", refused(Unsupported.class, file));
  }

  @Test
  void refusesAShapeThatOverflows() throws IOException {
    byte[] file = one(List.of(2, 1, 1), 8);
    int at = message(file, member(file), 0x01) + 8;
    for (int i = 0; i < 3; i++) {
      patched(file).putLong(at + 8 * i, Integer.MAX_VALUE);
    }
    assertEquals(
        "more than 2^63 bytes, as its shape says",
        refused(Corrupt.class, file).problem().expected());
  }

  @Test
  void refusesAShapeLongerThanItsContents() throws IOException {
    byte[] file = one(List.of(2), 8);
    patched(file).putLong(message(file, member(file), 0x01) + 8, 3);
    CheckpointException e = refused(Corrupt.class, file);
    assertEquals("12 bytes, as its shape says", e.problem().expected());
    assertFound("8 bytes", e);
  }

  @Test
  void refusesContentsBehindTheEnd() throws IOException {
    byte[] file = one(List.of(2), 8);
    patched(file).putLong(message(file, member(file), 0x08) + 2, file.length - 4);
    CheckpointException e = refused(Corrupt.class, file);
    assertFound("8 bytes at byte " + (file.length - 4), e);
  }

  @Test
  void refusesMoreDimensionsThanTheFormatHas() throws IOException {
    byte[] file = one(List.of(2), 8);
    patched(file).put(message(file, member(file), 0x01) + 1, (byte) 33);
    assertFound("33", refused(Corrupt.class, file));
  }

  @Test
  void refusesNewerHeadersWithAWrongChecksum() throws IOException {
    byte[] file = Hdf5Form.resource("tiny-latest");
    file[last(file, "OHDR") + 12] ^= 1;
    String found = refused(Corrupt.class, file).problem().found();
    assertTrue(found.startsWith("bytes with "), found);
  }

  @Test
  void refusesTextOutsideTheHeapOfTexts() throws IOException {
    byte[] file = Hdf5Form.resource("mixed-earliest");
    int heap = last(file, "GCOL");
    patched(file).putLong(heap + 8, Long.MAX_VALUE);
    Path path = Files.write(dir.resolve("x.h5"), file);
    try (Hdf5Reader r = Hdf5Reader.open(path)) {
      var e = assertThrows(Corrupt.class, () -> r.strings("", "variable"));
      assertFound("9223372036854775807 bytes at byte " + heap, e);
    }
  }

  /** Two names for each next group: 2^40 paths lead to the dataset. */
  @Test
  void visitsEachGroupOnceHoweverManyPathsLeadToIt() throws IOException {
    Hdf5Builder b = new Hdf5Builder();
    String path = "a";
    for (int i = 0; i < 40; i++) {
      b.group(path + "/a").alias(path + "/b", path + "/a");
      path += "/a";
    }
    b.dataset(path + "/x", DType.FLOAT32, List.of(), ByteBuffer.allocate(4));
    try (Hdf5Reader r = Hdf5Reader.open(Files.write(dir.resolve("x.h5"), b.build()))) {
      assertEquals(1, r.tensors().size());
    }
  }

  @Test
  void refusesPathsWithoutMeasure() throws IOException {
    byte[] file =
        new Hdf5Builder().group("a".repeat(1000) + ("/" + "a".repeat(1000)).repeat(4)).build();
    assertFound("5004", refused(Unsupported.class, file));
  }
}
