package io.github.tfbit.checkpoints.npz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.CheckpointException.Corrupt;
import io.github.tfbit.checkpoints.CheckpointException.Unsupported;
import io.github.tfbit.checkpoints.DType;
import io.github.tfbit.checkpoints.MemoryCheckpoint;
import io.github.tfbit.checkpoints.npy.NpyHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Offsets beyond 4 GiB and counts beyond 65,535; the long files are sparse and take no room. */
class LargeNpzTest {
  private record Sparse(String name, ByteBuffer contents, int holes, long offset) {
    int crc() {
      CRC32 crc = new CRC32();
      crc.update(contents.duplicate());
      return (int) crc.getValue();
    }

    long size() {
      return (long) contents.remaining() + holes;
    }
  }

  @TempDir Path dir;

  /** Members of {@code floats} zeros each whose checksums are wrong, then {@code z}, in zip64. */
  private Path sparse(int members, int floats) throws IOException {
    Path f = Files.createFile(dir.resolve("sparse.npz"));
    List<Sparse> all = new ArrayList<>();
    long at = 0;
    for (int i = 0; i < members; i++) {
      ByteBuffer header = ByteBuffer.wrap(NpyHeader.encode(DType.FLOAT32, List.of(floats)));
      Sparse s = new Sparse("hole" + i + ".npy", header, 4 * floats, at);
      all.add(s);
      at += 30 + s.name().length() + s.size();
    }
    all.add(new Sparse("z.npy", ByteBuffer.wrap(ZipBuilder.npy(1, 2, 3)), 0, at));
    try (FileChannel out = FileChannel.open(f, StandardOpenOption.WRITE)) {
      for (Sparse s : all) {
        out.write(header(ZipFormat.LOCAL, s, 0).put(s.contents().duplicate()).flip(), s.offset());
        at = s.offset() + 30 + s.name().length() + s.size();
      }
      ByteBuffer end = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
      for (Sparse s : all) {
        end.put(header(ZipFormat.CENTRAL, s, 12).flip());
      }
      int size = end.position();
      end.putInt(ZipFormat.END_64).putLong(44).putInt(0).putLong(0);
      end.putLong(all.size()).putLong(all.size()).putLong(size).putLong(at);
      end.putInt(ZipFormat.LOCATOR_64).putInt(0).putLong(at + size).putInt(1);
      end.putInt(ZipFormat.END).putInt(0).putInt(-1).putInt(-1).putInt(-1).putShort((short) 0);
      out.write(end.flip(), at);
    }
    return f;
  }

  private static ByteBuffer header(int signature, Sparse s, int extra) {
    byte[] name = s.name().getBytes(StandardCharsets.US_ASCII);
    ByteBuffer b = ByteBuffer.allocate(400).order(ByteOrder.LITTLE_ENDIAN).putInt(signature);
    if (signature == ZipFormat.CENTRAL) {
      b.putShort((short) 45);
    }
    b.putShort((short) 45).putShort((short) 0).putShort((short) 0).putInt(0).putInt(s.crc());
    b.putInt((int) s.size()).putInt((int) s.size());
    b.putShort((short) name.length).putShort((short) extra);
    if (signature == ZipFormat.CENTRAL) {
      b.putShort((short) 0).putShort((short) 0).putShort((short) 0).putInt(0).putInt(-1);
      b.put(name).putShort((short) 1).putShort((short) 8).putLong(s.offset());
      return b;
    }
    return b.put(name);
  }

  @Test
  @Tag("large")
  void readsATensorBeyondFourGibibytes() throws IOException {
    Path f = sparse(3, 500_000_000);
    assertTrue(Files.size(f) > 1L << 32);
    try (Checkpoint c = NpzReader.open(f)) {
      assertEquals(4, c.tensors().size());
      assertEquals(3f, c.bytes("z").getFloat(8));
    }
  }

  @Test
  @Tag("large")
  void checksATensorOfTwoGigabytes() throws IOException {
    try (Checkpoint c = NpzReader.open(sparse(1, 500_000_000))) {
      Corrupt e = assertThrows(Corrupt.class, () -> c.bytes("hole0"));
      assertTrue(e.problem().found().startsWith("CRC-32 "), e.getMessage());
    }
  }

  @Test
  @Tag("large")
  void anArrayBeyondTwoGibibytesIsUnsupported() throws IOException {
    Path f = sparse(1, Integer.MAX_VALUE / 4);
    Unsupported e = assertThrows(Unsupported.class, () -> NpzReader.open(f).close());
    assertEquals("2147483772 bytes", e.problem().found());
  }

  @Test
  void aSmallOneOfTheSameKindIsRead() throws IOException {
    try (Checkpoint c = NpzReader.open(sparse(3, 10))) {
      assertEquals(2f, c.bytes("z").getFloat(4));
    }
  }

  @Test
  void countsBeyond65535NeedZip64() throws IOException {
    MemoryCheckpoint many = new MemoryCheckpoint();
    for (int i = 0; i < 65_536; i++) {
      many.add("t" + i, List.of(), i);
    }
    Path f = dir.resolve("many.npz");
    NpzWriter.write(f, many);
    try (Checkpoint c = NpzReader.open(f)) {
      assertEquals(65_536, c.tensors().size());
      assertEquals(65_535f, c.bytes("t65535").getFloat());
    }
  }
}
