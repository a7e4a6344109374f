package io.github.tfbit.checkpoints.npz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.checkpoints.CheckpointException.Corrupt;
import io.github.tfbit.checkpoints.CheckpointException.Unsupported;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZipEndTest {
  @TempDir Path dir;

  private ZipEnd find(byte[] bytes) throws IOException {
    Path f = Files.write(dir.resolve("f.zip"), bytes);
    try (FileChannel channel = FileChannel.open(f)) {
      return ZipEnd.find(channel, "f.zip");
    }
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private byte[] zip64() throws IOException {
    Path f = Files.createFile(dir.resolve("zip64.npz"));
    NpzWriter.write(f, NpzWriterTest.tiny(), 100);
    return Files.readAllBytes(f);
  }

  /** Appends a comment to an archive and says how long it is. */
  private static byte[] comment(byte[] zip, byte[] comment) {
    byte[] all = Arrays.copyOf(zip, zip.length + comment.length);
    System.arraycopy(comment, 0, all, zip.length, comment.length);
    little(all).putShort(zip.length - 2, (short) comment.length);
    return all;
  }

  private static byte[] plain() {
    return new ZipBuilder().stored("a.npy", ZipBuilder.npy(1)).build();
  }

  @Test
  void findsTheDirectory() throws IOException {
    byte[] zip = plain();
    int size = 46 + 5;
    assertEquals(new ZipEnd(1, zip.length - 22 - size, size), find(zip));
  }

  @Test
  void findsTheDirectoryBeforeTheLongestComment() throws IOException {
    assertEquals(find(plain()), find(comment(plain(), new byte[0xFFFF])));
  }

  @Test
  void aCommentThatLooksLikeAnEndRecordDeceivesNobody() throws IOException {
    byte[] fake = new byte[30];
    little(fake).putInt(0, ZipFormat.END).putShort(20, (short) 5);
    assertEquals(find(plain()), find(comment(plain(), fake)));
  }

  @Test
  void bytesAfterTheEndAreCorrupt() {
    byte[] zip = plain();
    assertThrows(Corrupt.class, () -> find(Arrays.copyOf(zip, zip.length + 1)));
  }

  @Test
  void prefersTheZip64Record() throws IOException {
    byte[] zip = zip64();
    ZipEnd end = find(zip);
    little(zip).putInt(zip.length - 22 + 12, -1).putInt(zip.length - 22 + 16, -1);
    assertEquals(end, find(zip));
  }

  @Test
  void aWrongZip64SignatureIsCorrupt() throws IOException {
    byte[] zip = zip64();
    zip[zip.length - 22 - 20 - 56] = 'x';
    Corrupt e = assertThrows(Corrupt.class, () -> find(zip));
    assertTrue(e.problem().expected().startsWith("the zip64 end record's signature"));
  }

  @Test
  void zip64DisksAreUnsupported() throws IOException {
    byte[] zip = zip64();
    little(zip).putInt(zip.length - 22 - 20 - 56 + 16, 1);
    assertThrows(Unsupported.class, () -> find(zip));
  }

  @Test
  void aNegativeZip64SizeIsCorrupt() throws IOException {
    byte[] zip = zip64();
    little(zip).putLong(zip.length - 22 - 20 - 56 + 40, -1);
    Corrupt e = assertThrows(Corrupt.class, () -> find(zip));
    assertTrue(e.problem().found().startsWith("18446744073709551615 bytes"), e.getMessage());
  }

  @Test
  void aHugeZip64CountIsCorruptBeforeAnythingIsAllocated() throws IOException {
    byte[] zip = zip64();
    int record = zip.length - 22 - 20 - 56;
    little(zip).putLong(record + 24, Long.MAX_VALUE).putLong(record + 32, Long.MAX_VALUE);
    Corrupt e = assertThrows(Corrupt.class, () -> find(zip));
    assertEquals(Long.toString(Long.MAX_VALUE), e.problem().found());
  }

  @Test
  void aDirectorySizeThatLiesIsCorrupt() {
    byte[] zip = plain();
    little(zip).putInt(zip.length - 22 + 12, 50);
    Corrupt e = assertThrows(Corrupt.class, () -> find(zip));
    assertTrue(e.problem().found().startsWith("50 bytes from "), e.getMessage());
  }
}
