package io.github.tfbit.checkpoints.npy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.checkpoints.CheckpointException.Corrupt;
import io.github.tfbit.checkpoints.CheckpointException.Mismatch;
import io.github.tfbit.checkpoints.CheckpointException.Unsupported;
import io.github.tfbit.checkpoints.DType;
import io.github.tfbit.checkpoints.Existing;
import io.github.tfbit.checkpoints.Python;
import io.github.tfbit.checkpoints.TensorInfo;
import java.io.IOException;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpyFileTest {
  @TempDir Path dir;

  /** Shape [3, 2], rows (0, 1), (2, 3), (4, 5). */
  private Path rows() throws IOException {
    Path f = dir.resolve("rows.npy");
    try (NpyWriter w = NpyWriter.float32(f, Existing.REFUSE, 3, 2)) {
      w.write(new float[] {0, 1});
      w.write(new float[] {2, 3, 4, 5});
      w.commit();
    }
    return f;
  }

  @Test
  void readsRowsBack() throws IOException {
    try (NpyReader r = NpyReader.open(rows())) {
      ByteBuffer two = ByteBuffer.allocateDirect(20).order(ByteOrder.LITTLE_ENDIAN).position(4);
      r.readRows(1, 2, two);
      assertEquals(20, two.position());
      assertEquals(2f, two.getFloat(4));
      assertEquals(5f, two.getFloat(16));
    }
  }

  @Test
  void saysItsShape() throws IOException {
    Path f = rows();
    try (NpyReader r = NpyReader.open(f)) {
      assertEquals(new TensorInfo(f.toString(), DType.FLOAT32, List.of(3, 2)), r.info());
    }
  }

  @Test
  void refusesRowsThatAreNotThere() throws IOException {
    try (NpyReader r = NpyReader.open(rows())) {
      ByteBuffer room = ByteBuffer.allocate(100);
      assertThrows(IndexOutOfBoundsException.class, () -> r.readRows(2, 2, room));
    }
  }

  @Test
  void refusesATargetWithoutRoom() throws IOException {
    try (NpyReader r = NpyReader.open(rows())) {
      ByteBuffer small = ByteBuffer.allocate(7);
      assertThrows(BufferOverflowException.class, () -> r.readRows(0, 1, small));
    }
  }

  @Test
  void aWrongRankIsAMismatch() throws IOException {
    Path f = rows();
    try (NpyReader r = NpyReader.open(f)) {
      Mismatch e = assertThrows(Mismatch.class, () -> r.require(DType.FLOAT32, 4, "images, NHWC"));
      assertEquals("FLOAT32 with 4 dimensions: images, NHWC", e.problem().expected());
      assertEquals("FLOAT32 of shape [3, 2]", e.problem().found());
      assertEquals(f.toString(), e.problem().where());
    }
  }

  @Test
  void aWrongDtypeIsAMismatch() throws IOException {
    try (NpyReader r = NpyReader.open(rows())) {
      assertThrows(Mismatch.class, () -> r.require(DType.FLOAT64, 2, "rows"));
    }
  }

  @Test
  void aFileCutOffIsCorrupt() throws IOException {
    Path f = rows();
    Files.write(f, Arrays.copyOf(Files.readAllBytes(f), 128 + 23));
    Corrupt e = assertThrows(Corrupt.class, () -> NpyReader.open(f).close());
    assertEquals("23 bytes", e.problem().found());
  }

  @Test
  void fortranOrderIsUnsupported() throws IOException {
    byte[] header = NpyHeader.encode(DType.FLOAT32, List.of(2, 2));
    String text = new String(header, StandardCharsets.ISO_8859_1).replace("False", "True ");
    byte[] file = Arrays.copyOf(text.getBytes(StandardCharsets.ISO_8859_1), 128 + 16);
    Path f = Files.write(dir.resolve("f.npy"), file);
    Unsupported e = assertThrows(Unsupported.class, () -> NpyReader.open(f).close());
    assertTrue(e.problem().remedy().contains("np.ascontiguousarray"), e.getMessage());
  }

  @Test
  void appearsOnCommitOnly() throws IOException {
    Path f = dir.resolve("f.npy");
    try (NpyWriter w = NpyWriter.float32(f, Existing.REFUSE, 1)) {
      w.write(new float[] {1});
      assertFalse(Files.exists(f));
    }
    try (var files = Files.list(dir)) {
      assertEquals(0, files.count());
    }
  }

  @Test
  void refusesToCommitLessThanTheShape() throws IOException {
    try (NpyWriter w = NpyWriter.float32(dir.resolve("f.npy"), Existing.REFUSE, 3)) {
      w.write(new float[] {1});
      var e = assertThrows(IllegalStateException.class, w::commit);
      assertTrue(e.getMessage().endsWith("expected 12 bytes of elements, found 4"));
    }
  }

  @Test
  void refusesMoreThanTheShape() throws IOException {
    try (NpyWriter w = NpyWriter.float32(dir.resolve("f.npy"), Existing.REFUSE, 1)) {
      assertThrows(IllegalArgumentException.class, () -> w.write(new float[2]));
    }
  }

  @Test
  @Tag("python")
  void hasNumpysBytes() throws Exception {
    Path numpys = dir.resolve("numpys.npy");
    Python.run(
        "import sys, numpy as np; np.save(sys.argv[1], np.arange(6, dtype='<f4').reshape(3, 2))",
        numpys);
    assertArrayEquals(Files.readAllBytes(numpys), Files.readAllBytes(rows()));
  }
}
