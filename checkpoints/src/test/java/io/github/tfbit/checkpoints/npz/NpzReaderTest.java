package io.github.tfbit.checkpoints.npz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.CheckpointException;
import io.github.tfbit.checkpoints.DType;
import io.github.tfbit.checkpoints.TensorInfo;
import java.io.IOException;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpzReaderTest {
  @TempDir Path dir;

  private Path write(ZipBuilder zip) throws IOException {
    return Files.write(dir.resolve("f.npz"), zip.build());
  }

  private static float[] floats(ByteBuffer b) {
    float[] f = new float[b.remaining() / 4];
    b.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(f);
    return f;
  }

  private static void assertFloats(List<Float> expected, ByteBuffer actual) {
    float[] f = floats(actual);
    assertEquals(expected.size(), f.length);
    for (int i = 0; i < f.length; i++) {
      assertEquals(expected.get(i), f[i]);
    }
  }

  @Test
  void listsTensorsInTheOrderOfTheFile() throws IOException {
    Path f =
        write(
            new ZipBuilder().stored("b.npy", ZipBuilder.npy(1)).stored("a.npy", ZipBuilder.npy()));
    try (Checkpoint c = NpzReader.open(f)) {
      assertEquals(
          List.of(
              new TensorInfo("b", DType.FLOAT32, List.of(1)),
              new TensorInfo("a", DType.FLOAT32, List.of(0))),
          c.tensors());
    }
  }

  @Test
  void mapsAStoredTensor() throws IOException {
    try (Checkpoint c =
        NpzReader.open(write(new ZipBuilder().stored("a.npy", ZipBuilder.npy(1, -2, 3))))) {
      ByteBuffer b = c.bytes("a");
      assertTrue(b.isDirect() && b.isReadOnly());
      assertEquals(ByteOrder.LITTLE_ENDIAN, b.order());
      assertFloats(List.of(1f, -2f, 3f), b);
    }
  }

  @Test
  void inflatesADeflatedTensor() throws IOException {
    try (Checkpoint c =
        NpzReader.open(write(new ZipBuilder().deflated("a.npy", ZipBuilder.npy(1, -2, 3))))) {
      assertFloats(List.of(1f, -2f, 3f), c.bytes("a"));
      ByteBuffer direct = ByteBuffer.allocateDirect(12);
      c.read("a", direct);
      assertFloats(List.of(1f, -2f, 3f), direct.flip());
    }
  }

  @Test
  void inflatesATensorOfManyChunks() throws IOException {
    float[] values = new float[700_000];
    for (int i = 0; i < values.length; i++) {
      values[i] = i * 0.37f % 11;
    }
    Path f =
        write(
            new ZipBuilder()
                .deflated("a.npy", ZipBuilder.npy(values))
                .stored("b.npy", ZipBuilder.npy(values)));
    try (Checkpoint c = NpzReader.open(f)) {
      ByteBuffer direct = ByteBuffer.allocateDirect(4 * values.length);
      c.read("a", direct);
      assertEquals(c.bytes("b"), direct.flip());
    }
  }

  @Test
  void transposesFortranOrder() throws IOException {
    byte[] npy = ZipBuilder.npy("{'descr': '<f4', 'fortran_order': True, 'shape': (2, 3)}\n", 24);
    ByteBuffer b = ByteBuffer.wrap(npy).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < 6; i++) {
      b.putFloat(npy.length - 24 + 4 * i, i);
    }
    Path f = write(new ZipBuilder().stored("a.npy", npy).deflated("b.npy", npy));
    try (Checkpoint c = NpzReader.open(f)) {
      assertFloats(List.of(0f, 2f, 4f, 1f, 3f, 5f), c.bytes("a"));
      assertFloats(List.of(0f, 2f, 4f, 1f, 3f, 5f), c.bytes("b"));
    }
  }

  @Test
  void readsNamesInUtf8() throws IOException {
    try (Checkpoint c =
        NpzReader.open(write(new ZipBuilder().stored("größe.npy", ZipBuilder.npy(1))))) {
      assertTrue(c.find("größe").isPresent());
    }
  }

  @Test
  void anEmptyArchiveHasNoTensors() throws IOException {
    try (Checkpoint c = NpzReader.open(write(new ZipBuilder()))) {
      assertEquals(List.of(), c.tensors());
    }
  }

  @Test
  void anUnknownNameIsNotFound() throws IOException {
    try (Checkpoint c = NpzReader.open(write(new ZipBuilder()))) {
      assertThrows(NoSuchElementException.class, () -> c.bytes("a"));
    }
  }

  @Test
  void aTargetThatIsTooSmallStaysUntouched() throws IOException {
    try (Checkpoint c =
        NpzReader.open(write(new ZipBuilder().stored("a.npy", ZipBuilder.npy(1, 2))))) {
      ByteBuffer small = ByteBuffer.allocate(7);
      assertThrows(BufferOverflowException.class, () -> c.read("a", small));
      assertEquals(0, small.position());
    }
  }

  @Test
  void refusesToReadOnceClosed() throws IOException {
    Checkpoint c = NpzReader.open(write(new ZipBuilder().stored("a.npy", ZipBuilder.npy(1))));
    c.close();
    assertThrows(IllegalStateException.class, () -> c.bytes("a"));
  }

  @Test
  void noticesAFileThatChangedMeanwhile() throws IOException {
    Path f = write(new ZipBuilder().stored("a.npy", ZipBuilder.npy(1)));
    try (Checkpoint c = NpzReader.open(f)) {
      Files.setLastModifiedTime(f, FileTime.fromMillis(0));
      var e = assertThrows(CheckpointException.Corrupt.class, () -> c.bytes("a"));
      assertTrue(e.problem().remedy().startsWith("it changed while it was open"));
    }
  }

  @Test
  void anInterruptedThreadDoesNotStopTheOthers() throws IOException {
    try (Checkpoint c =
        NpzReader.open(write(new ZipBuilder().stored("a.npy", ZipBuilder.npy(1))))) {
      Thread.currentThread().interrupt();
      assertThrows(ClosedByInterruptException.class, () -> c.read("a", ByteBuffer.allocate(4)));
      assertTrue(Thread.interrupted());
      assertFloats(List.of(1f), c.bytes("a"));
    }
  }

  @Test
  void aMissingFileIsNamed() {
    var e =
        assertThrows(
            CheckpointException.Missing.class, () -> NpzReader.open(dir.resolve("no.npz")));
    assertEquals(dir.resolve("no.npz").toString(), e.problem().where());
  }
}
