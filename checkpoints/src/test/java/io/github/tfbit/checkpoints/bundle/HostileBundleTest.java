package io.github.tfbit.checkpoints.bundle;

import static io.github.tfbit.checkpoints.bundle.BundleBuilder.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.checkpoints.CheckpointException;
import io.github.tfbit.checkpoints.protos.ProtoWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints that no TensorFlow wrote, each with right checksums. */
class HostileBundleTest {
  @TempDir Path dir;

  private <E extends CheckpointException> E refused(Class<E> type, BundleBuilder builder)
      throws IOException {
    Path prefix = builder.write(dir.resolve("m"));
    return assertThrows(type, () -> BundleReader.open(prefix).close());
  }

  private CheckpointException.Corrupt corrupt(ProtoWriter x) throws IOException {
    BundleBuilder b = new BundleBuilder(1).tensor("a", 1, List.of(1), 0, new byte[4]);
    return refused(CheckpointException.Corrupt.class, b.entry("x", x));
  }

  private CheckpointException.Corrupt corrupt(byte[] index) throws IOException {
    Files.write(dir.resolve("m.index"), index);
    return assertThrows(
        CheckpointException.Corrupt.class, () -> BundleReader.open(dir.resolve("m")).close());
  }

  @Test
  void anOffsetBehindTheDataFile() throws IOException {
    var e = corrupt(entry(1, List.of(1), 0, 1, 4));
    assertTrue(e.problem().expected().startsWith("4 bytes at byte 1 of "), e.getMessage());
    assertEquals("a file of 4 bytes", e.problem().found());
  }

  @Test
  void anOffsetThatOverflows() throws IOException {
    assertEquals(
        "a file of 4 bytes", corrupt(entry(1, List.of(1), 0, Long.MAX_VALUE, 4)).problem().found());
  }

  @Test
  void aNegativeOffset() throws IOException {
    assertEquals("a file of 4 bytes", corrupt(entry(1, List.of(1), 0, -1, 4)).problem().found());
  }

  @Test
  void aNegativeSizeOfAnotherType() throws IOException {
    assertEquals("a file of 4 bytes", corrupt(entry(7, List.of(), 0, 0, -1)).problem().found());
  }

  @Test
  void aShapeOfAnotherLength() throws IOException {
    var e = corrupt(entry(1, List.of(2, 3), 0, 0, 4));
    assertEquals("24 bytes of FLOAT32 [2, 3]", e.problem().expected());
    assertEquals("4 bytes", e.problem().found());
  }

  @Test
  void aShapeThatOverflows() throws IOException {
    int m = Integer.MAX_VALUE;
    assertEquals(
        "the shape [" + m + ", " + m + ", " + m + "]",
        corrupt(entry(1, List.of(m, m, m), 0, 0, 4)).problem().found());
  }

  @Test
  void aNegativeDimension() throws IOException {
    assertEquals("[-1]", corrupt(entry(1, List.of(-1), 0, 0, 4)).problem().found());
  }

  @Test
  void tooManyDimensions() throws IOException {
    List<Integer> ones = java.util.Collections.nCopies(255, 1);
    assertEquals("at most 254 dimensions", corrupt(entry(1, ones, 0, 0, 4)).problem().expected());
  }

  @Test
  void aShapeOfUnknownRank() throws IOException {
    ProtoWriter x = new ProtoWriter().message(2, new ProtoWriter().varint(3, 1));
    assertEquals("one of unknown rank", corrupt(x).problem().found());
  }

  @Test
  void aDataFileThatTheHeaderDoesNotCount() throws IOException {
    assertEquals("number 1", corrupt(entry(1, List.of(1), 1, 0, 4)).problem().found());
  }

  @Test
  void aFieldOfAnotherWireType() throws IOException {
    var e = corrupt(new ProtoWriter().varint(2, 1));
    assertEquals("wire type 2 of field 2", e.problem().expected());
  }

  @Test
  void aMessageLongerThanWhatSurroundsIt() throws IOException {
    TableWriter table = new TableWriter();
    table.add(new byte[0], BundleHeader.one());
    table.add(new byte[] {'x'}, new byte[] {0x12, 0x7f}); // field 2 of 127 bytes
    var e = corrupt(table.finish());
    assertEquals("a protocol buffer message", e.problem().expected());
    assertTrue(e.problem().where().endsWith("tensor 'x'"), e.getMessage());
  }

  @Test
  void noHeader() throws IOException {
    TableWriter table = new TableWriter();
    table.add(new byte[] {'x'}, entry(1, List.of(1), 0, 0, 4).toByteArray());
    assertEquals("1 keys without one", corrupt(table.finish()).problem().found());
  }

  @Test
  void noDataFiles() throws IOException {
    BundleBuilder b = new BundleBuilder(1).header(new ProtoWriter());
    var e = refused(CheckpointException.Corrupt.class, b);
    assertEquals("0 in the header", e.problem().found());
  }

  @Test
  void keysThatDoNotAscend() throws IOException {
    TableWriter table = new TableWriter();
    table.add(new byte[0], BundleHeader.one());
    table.add(new byte[] {'x'}, new byte[0]);
    table.add(new byte[] {'x'}, new byte[0]);
    assertEquals("keys in ascending order", corrupt(table.finish()).problem().expected());
  }

  @Test
  void anIndexThatIsCutOff() throws IOException {
    byte[] whole = new BundleBuilder(1).index();
    var e = corrupt(Arrays.copyOf(whole, whole.length - 1));
    assertTrue(e.problem().expected().startsWith("the mark of a table, db4775248b80fb57"));
  }

  @Test
  void anIndexShorterThanItsFooter() throws IOException {
    assertEquals("an index of at least 48 bytes", corrupt(new byte[47]).problem().expected());
  }

  @Test
  void aBlockBehindTheFile() throws IOException {
    byte[] index = new BundleBuilder(1).index();
    index[index.length - 48 + 3] = 0x7f; // size of the index block
    assertEquals("a block in the file", corrupt(index).problem().expected());
  }

  @Test
  void aBlockWithAWrongChecksum() throws IOException {
    byte[] index = new BundleBuilder(1).index();
    index[1] ^= 1;
    var e = corrupt(index);
    assertTrue(e.problem().expected().endsWith("of the block at byte 0"), e.getMessage());
  }

  @Test
  void bigEndianNumbers() throws IOException {
    BundleBuilder b = new BundleBuilder(1).header(new ProtoWriter().varint(1, 1).varint(2, 1));
    var e = refused(CheckpointException.Unsupported.class, b);
    assertEquals("big-endian ones", e.problem().found());
  }

  @Test
  void aLaterVersion() throws IOException {
    ProtoWriter version = new ProtoWriter().varint(1, 2).varint(2, 2);
    BundleBuilder b =
        new BundleBuilder(1).header(new ProtoWriter().varint(1, 1).message(3, version));
    var e = refused(CheckpointException.Unsupported.class, b);
    assertEquals("version 2", e.problem().found());
  }

  @Test
  void version1() throws IOException {
    BundleBuilder b = new BundleBuilder(1).header(new ProtoWriter().message(1, new ProtoWriter()));
    var e = refused(CheckpointException.Unsupported.class, b);
    assertEquals("one of V1", e.problem().found());
  }

  @Test
  void slices() throws IOException {
    ProtoWriter x = entry(1, List.of(1), 0, 0, 4).message(7, new ProtoWriter());
    var e = refused(CheckpointException.Unsupported.class, new BundleBuilder(1).entry("x", x));
    assertTrue(e.problem().found().contains("slices"), e.getMessage());
  }

  @Test
  void aCompressedBlock() throws IOException {
    byte[] index = new BundleBuilder(1).index();
    ByteBuffer b = ByteBuffer.wrap(index).order(ByteOrder.LITTLE_ENDIAN);
    int size = index.length - 48 - 2 * 13 - 4; // what precedes the metaindex, roughly
    int block = blockSize(b);
    assertTrue(block < size, block + " of " + size);
    index[block] = 1;
    b.putInt(block + 1, MaskedCrc.of(b.slice(0, block + 1)));
    Files.write(dir.resolve("m.index"), index);
    var e =
        assertThrows(
            CheckpointException.Unsupported.class, () -> BundleReader.open(dir.resolve("m")));
    assertEquals("one compressed by Snappy", e.problem().found());
  }

  /** Where the metaindex begins is where the only data block and its trailer end. */
  private static int blockSize(ByteBuffer index) throws IOException {
    ByteBuffer footer = index.slice(index.limit() - 48, 40);
    return (int) Varint.read(footer, "") - TableReader.TRAILER;
  }

  @Test
  void anObjectGraphOfAnotherType() throws IOException {
    BundleBuilder b = new BundleBuilder(1).tensor(ObjectGraph.KEY, 3, List.of(), 0, new byte[4]);
    var e = refused(CheckpointException.Corrupt.class, b);
    assertEquals("type 3 of shape []", e.problem().found());
  }

  @Test
  void anObjectGraphLongerThanItsTensor() throws IOException {
    byte[] bytes = {100, 0, 0, 0, 0};
    BundleBuilder b = new BundleBuilder(1).tensor(ObjectGraph.KEY, 7, List.of(), 0, bytes);
    var e = refused(CheckpointException.Corrupt.class, b);
    assertEquals("a length of at most the 4 bytes left", e.problem().expected());
  }

  @Test
  void anObjectGraphWithAWrongChecksum() throws IOException {
    byte[] bytes = {1, 0, 0, 0, 0, 0};
    BundleBuilder b = new BundleBuilder(1).tensor(ObjectGraph.KEY, 7, List.of(), 0, bytes);
    var e = refused(CheckpointException.Corrupt.class, b);
    assertEquals("another CRC32C", e.problem().found());
  }

  @Test
  void aDataFileThatIsALinkOut() throws IOException {
    Path folder = Files.createDirectory(dir.resolve("in"));
    new BundleBuilder(1).tensor("a", 1, List.of(1), 0, new byte[4]).write(folder.resolve("m"));
    Path data = folder.resolve("m.data-00000-of-00001");
    Path outside = Files.move(data, dir.resolve("outside"));
    Files.createSymbolicLink(data, outside);
    var e =
        assertThrows(
            CheckpointException.Unsupported.class, () -> BundleReader.open(folder.resolve("m")));
    assertEquals("a link to " + outside.toRealPath(), e.problem().found());
  }
}
