package io.github.tfbit.checkpoints.npz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.CheckpointException;
import io.github.tfbit.checkpoints.CheckpointException.Corrupt;
import io.github.tfbit.checkpoints.CheckpointException.Unsupported;
import io.github.tfbit.checkpoints.TensorInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives built byte by byte; each error's kind and reason are checked. */
class HostileNpzTest {
  @TempDir Path dir;

  private static ZipBuilder one() {
    return new ZipBuilder().stored("a.npy", ZipBuilder.npy(1, 2, 3));
  }

  private void readAll(byte[] bytes) throws IOException {
    Path f = Files.write(dir.resolve("f.npz"), bytes);
    try (Checkpoint c = NpzReader.open(f)) {
      for (TensorInfo t : c.tensors()) {
        c.read(t.name(), ByteBuffer.allocate((int) t.byteSize()));
        c.bytes(t.name());
      }
    }
  }

  private <E extends CheckpointException> void assertRefused(
      Class<E> type, String reason, byte[] bytes) {
    E e = assertThrows(type, () -> readAll(bytes));
    assertTrue(e.getMessage().contains(reason), e.getMessage());
    assertTrue(e.problem().where().startsWith(dir.resolve("f.npz").toString()), e.getMessage());
  }

  @Test
  void everyTruncationIsCorrupt() {
    byte[] whole =
        one()
            .deflated("b.npy", ZipBuilder.npy(4, 5, 6, 7))
            .stored("c.npy", ZipBuilder.npy())
            .build();
    for (int n = 0; n < whole.length; n++) {
      byte[] cut = Arrays.copyOf(whole, n);
      Corrupt e = assertThrows(Corrupt.class, () -> readAll(cut), "cut to " + n);
      assertTrue(e.getMessage().contains("cut off"), e.getMessage());
    }
  }

  @Test
  void aMissingBeginningIsCorrupt() {
    byte[] whole = one().build();
    assertRefused(
        Corrupt.class, "zip directory to end where", Arrays.copyOfRange(whole, 5, whole.length));
  }

  @Test
  void aFlippedBitIsCaughtByTheChecksum() {
    byte[] b = one().build();
    b[30 + 5 + 128] ^= 1;
    assertRefused(Corrupt.class, "contents with CRC-32", b);
  }

  @Test
  void aFlippedBitInDeflatedDataIsCaught() {
    float[] values = new float[1000];
    Arrays.fill(values, 0.1f);
    byte[] b = new ZipBuilder().deflated("a.npy", ZipBuilder.npy(values)).build();
    b[30 + 5 + 90] ^= 4;
    assertThrows(Corrupt.class, () -> readAll(b));
  }

  @Test
  void aWrongChecksumInTheDirectoryDisagreesWithTheMember() {
    assertRefused(Corrupt.class, "CRC-32", one().lieInt(ZipBuilder.CRC, 7).build());
  }

  @Test
  void anEncryptedMemberIsUnsupported() {
    assertRefused(Unsupported.class, "encrypted", one().lieShort(ZipBuilder.FLAGS, 1).build());
  }

  @Test
  void anotherCompressionIsUnsupported() {
    assertRefused(
        Unsupported.class, "compression method 14", one().lieShort(ZipBuilder.METHOD, 14).build());
  }

  @Test
  void storedSizesThatDifferAreCorrupt() {
    assertRefused(
        Corrupt.class, "sizes that are possible", one().lieInt(ZipBuilder.SIZE, 141).build());
  }

  @Test
  void anImpossibleRatioIsCorruptBeforeAnythingIsInflated() {
    byte[] b =
        new ZipBuilder()
            .deflated("a.npy", ZipBuilder.npy(1))
            .lieInt(ZipBuilder.SIZE, Integer.MAX_VALUE)
            .build();
    assertRefused(Corrupt.class, "bytes for contents of 2147483647", b);
  }

  @Test
  void dataBeyondTheDirectoryAreCorrupt() {
    byte[] b =
        one().lieInt(ZipBuilder.SIZE, 1 << 20).lieInt(ZipBuilder.COMPRESSED, 1 << 20).build();
    assertThrows(Corrupt.class, () -> readAll(b));
  }

  @Test
  void anOffsetBeyondTheFileIsCorrupt() {
    assertRefused(
        Corrupt.class, "offset 2147483632", one().lieInt(ZipBuilder.OFFSET, 0x7FFFFFF0).build());
  }

  @Test
  void twoMembersOnTheSameBytesAreCorrupt() {
    byte[] npy = ZipBuilder.npy(1);
    byte[] b =
        new ZipBuilder()
            .stored("a.npy", npy)
            .stored("a.npy", npy)
            .lieInt(ZipBuilder.OFFSET, 0)
            .build();
    assertThrows(Corrupt.class, () -> readAll(b));
  }

  @Test
  void aMemberInsideAnotherIsCorrupt() {
    byte[] inner = new ZipBuilder().stored("b.npy", ZipBuilder.npy(1)).build();
    byte[] outer = new byte[128 + inner.length];
    byte[] header =
        io.github.tfbit.checkpoints.npy.NpyHeader.encode(
            io.github.tfbit.checkpoints.DType.FLOAT32, java.util.List.of(inner.length / 4));
    System.arraycopy(header, 0, outer, 0, 128);
    System.arraycopy(inner, 0, outer, 128, inner.length);
    byte[] b =
        new ZipBuilder()
            .stored("a.npy", outer)
            .stored("b.npy", ZipBuilder.npy(1))
            .lieInt(ZipBuilder.OFFSET, 30 + 5 + 128)
            .build();
    assertRefused(Corrupt.class, "'b.npy' at 163", b);
  }

  @Test
  void aNameThatDiffersFromTheMembersIsCorrupt() {
    byte[] b = one().build();
    b[30] = 'x';
    assertRefused(Corrupt.class, "the same name and method", b);
  }

  @Test
  void duplicateNamesAreCorrupt() {
    byte[] npy = ZipBuilder.npy(1);
    assertRefused(
        Corrupt.class,
        "'a' twice",
        new ZipBuilder().stored("a.npy", npy).stored("a.npy", npy).build());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../a.npy", "a/../b.npy", "/a.npy", "a//b.npy", "C:a.npy", "a\\b.npy", "a\n.npy"})
  void namesThatAreNoPlainPathsAreCorrupt(String name) {
    byte[] b = new ZipBuilder().stored(name, ZipBuilder.npy(1)).build();
    assertRefused(Corrupt.class, "plain relative paths", b);
  }

  @ParameterizedTest
  @ValueSource(strings = {"archive/data.pkl", "word/document.xml", ".npy"})
  void anotherMemberIsUnsupported(String name) {
    byte[] b = new ZipBuilder().stored(name, ZipBuilder.npy(1)).build();
    assertRefused(Unsupported.class, "the member '" + name + "'", b);
  }

  @Test
  void namesInAnotherEncodingAreUnsupported() {
    byte[] b =
        new ZipBuilder().stored("ä.npy", ZipBuilder.npy(1)).lieShort(ZipBuilder.FLAGS, 0).build();
    assertRefused(Unsupported.class, "ASCII or UTF-8", b);
  }

  @Test
  void aPickledObjectIsNeverRead() {
    byte[] npy = ZipBuilder.npy("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }\n", 20);
    byte[] b = new ZipBuilder().stored("a.npy", npy).build();
    assertRefused(Unsupported.class, "pickles can run code and are never read", b);
  }

  @Test
  void aShapeLargerThanTheContentsIsCorrupt() {
    byte[] npy = ZipBuilder.npy("{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }\n", 8);
    assertRefused(
        Corrupt.class,
        "expected 12 bytes for FLOAT32 [3], found 8 bytes",
        new ZipBuilder().stored("a.npy", npy).build());
  }

  @Test
  void aShapeWhoseProductOverflowsIsCorrupt() {
    String shape = "(2147483647, 2147483647, 2147483647)";
    byte[] npy =
        ZipBuilder.npy("{'descr': '<f4', 'fortran_order': False, 'shape': " + shape + "}\n", 8);
    assertRefused(
        Corrupt.class,
        "more bytes than any file has",
        new ZipBuilder().stored("a.npy", npy).build());
  }

  @Test
  void deflatedDataThatEndEarlyAreCorrupt() {
    byte[] npy = ZipBuilder.npy(1, 2, 3);
    byte[] data = ZipBuilder.deflate(Arrays.copyOf(npy, npy.length - 4));
    assertRefused(
        Corrupt.class, "their end after", new ZipBuilder().add("a.npy", 8, npy, data).build());
  }

  @Test
  void deflatedDataThatGoOnAreCorrupt() {
    byte[] npy = ZipBuilder.npy(1, 2, 3);
    byte[] data = ZipBuilder.deflate(Arrays.copyOf(npy, npy.length + 4));
    assertRefused(
        Corrupt.class, "more of them", new ZipBuilder().add("a.npy", 8, npy, data).build());
  }

  @Test
  void bytesAfterTheDeflatedDataAreCorrupt() {
    byte[] npy = ZipBuilder.npy(1, 2, 3);
    byte[] data = ZipBuilder.deflate(npy);
    byte[] longer = Arrays.copyOf(data, data.length + 3);
    assertRefused(
        Corrupt.class, "more of them", new ZipBuilder().add("a.npy", 8, npy, longer).build());
  }

  @Test
  void aLyingCountIsCorrupt() {
    byte[] b = one().build();
    int end = b.length - 22;
    ByteBuffer.wrap(b)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort(end + 8, (short) 2)
        .putShort(end + 10, (short) 2);
    assertRefused(Corrupt.class, "at most 1 members", b);
  }

  @Test
  void anArchiveInPartsIsUnsupported() {
    byte[] b = one().build();
    b[b.length - 22 + 4] = 1;
    assertRefused(Unsupported.class, "split over several", b);
  }

  @Test
  void aZip64LocatorThatPointsNowhereIsCorrupt() throws IOException {
    Path f = Files.createFile(dir.resolve("z.npz"));
    NpzWriter.write(f, NpzWriterTest.tiny(), 100);
    byte[] b = Files.readAllBytes(f);
    int locator = b.length - 22 - 20;
    ByteBuffer.wrap(b).order(ByteOrder.LITTLE_ENDIAN).putLong(locator + 8, -5);
    assertRefused(Corrupt.class, "the zip64 end record", b);
  }

  @Test
  void errorsSayWhatToDo() {
    byte[] b = Arrays.copyOf(one().build(), 100);
    Corrupt e = assertThrows(Corrupt.class, () -> readAll(b));
    assertEquals("the file is damaged: copy or download it again", e.problem().remedy());
  }
}
