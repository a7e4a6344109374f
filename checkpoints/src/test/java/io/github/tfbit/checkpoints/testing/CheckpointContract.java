package io.github.tfbit.checkpoints.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.MemoryCheckpoint;
import io.github.tfbit.checkpoints.TensorInfo;
import java.io.IOException;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ReadOnlyBufferException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every checkpoint keeps, whatever the form of its file. Each package of a file format extends
 * it and names the forms that it reads.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class CheckpointContract {
  private static final Checkpoint EXPECTED = tiny();

  @TempDir Path dir;

  /** One way to write down {@link #tiny}, read again; {@code toString} names it in reports. */
  public interface Form {
    /**
     * Writes the file and opens it.
     *
     * @param dir an empty directory
     * @return the three tensors of {@link #tiny}, as float32, in the same order
     */
    Checkpoint open(Path dir) throws IOException;

    /** The file or directory that {@link Checkpoint#source} names. */
    Path file(Path dir);
  }

  /** The forms under test. */
  protected abstract Stream<Form> forms();

  /**
   * What every form holds: {@code a/x} of shape [2, 3] with values 0 to 5, the scalar {@code s} of
   * 2.5, and {@code e} of shape [0, 2].
   */
  public static MemoryCheckpoint tiny() {
    return new MemoryCheckpoint()
        .add("a/x", List.of(2, 3), 0, 1, 2, 3, 4, 5)
        .add("s", List.of(), 2.5f)
        .add("e", List.of(0, 2));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void listsTensorsInTheOrderOfTheFile(Form form) throws IOException {
    try (Checkpoint c = form.open(dir)) {
      assertEquals(EXPECTED.tensors(), c.tensors());
    }
  }

  @ParameterizedTest
  @MethodSource("forms")
  void findsTensorsByName(Form form) throws IOException {
    try (Checkpoint c = form.open(dir)) {
      assertEquals(Optional.of(c.tensors().get(1)), c.find("s"));
      assertEquals(Optional.empty(), c.find("t"));
    }
  }

  @ParameterizedTest
  @MethodSource("forms")
  void namesItsFile(Form form) throws IOException {
    try (Checkpoint c = form.open(dir)) {
      assertEquals(form.file(dir).toString(), c.source());
    }
  }

  @ParameterizedTest
  @MethodSource("forms")
  void bytesAreTheValues(Form form) throws IOException {
    try (Checkpoint c = form.open(dir)) {
      for (TensorInfo t : c.tensors()) {
        assertEquals(EXPECTED.bytes(t.name()), c.bytes(t.name()), t.name());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("forms")
  void bytesAreAReadOnlyLittleEndianView(Form form) throws IOException {
    try (Checkpoint c = form.open(dir)) {
      ByteBuffer b = c.bytes("a/x");
      assertEquals(ByteOrder.LITTLE_ENDIAN, b.order());
      assertEquals(0, b.position());
      assertThrows(ReadOnlyBufferException.class, () -> b.putFloat(0, 1));
    }
  }

  @ParameterizedTest
  @MethodSource("forms")
  void everyViewHasAPositionOfItsOwn(Form form) throws IOException {
    try (Checkpoint c = form.open(dir)) {
      ByteBuffer first = c.bytes("a/x");
      first.getFloat();
      assertEquals(24, c.bytes("a/x").remaining());
    }
  }

  @ParameterizedTest
  @MethodSource("forms")
  void readFillsHeapMemory(Form form) throws IOException {
    try (Checkpoint c = form.open(dir)) {
      ByteBuffer target = ByteBuffer.allocate(24);
      c.read("a/x", target);
      assertEquals(EXPECTED.bytes("a/x"), target.flip());
    }
  }

  @ParameterizedTest
  @MethodSource("forms")
  void readFillsDirectMemoryFromThePositionOnAndNoMore(Form form) throws IOException {
    try (Checkpoint c = form.open(dir)) {
      ByteBuffer target = ByteBuffer.allocateDirect(40);
      for (int i = 0; i < 40; i++) {
        target.put(i, (byte) 0x55);
      }
      c.read("a/x", target.position(4));
      assertEquals(28, target.position());
      assertEquals(0x55555555, target.getInt(0));
      assertEquals(0x55555555, target.getInt(28));
      assertEquals(EXPECTED.bytes("a/x"), target.slice(4, 24));
    }
  }

  @ParameterizedTest
  @MethodSource("forms")
  void readingATensorWithoutElementsMovesNothing(Form form) throws IOException {
    try (Checkpoint c = form.open(dir)) {
      ByteBuffer target = ByteBuffer.allocate(0);
      c.read("e", target);
      assertEquals(0, target.position());
      assertEquals(0, c.bytes("e").remaining());
    }
  }

  @ParameterizedTest
  @MethodSource("forms")
  void aTargetWithoutRoomOverflows(Form form) throws IOException {
    try (Checkpoint c = form.open(dir)) {
      ByteBuffer target = ByteBuffer.allocate(23);
      assertThrows(BufferOverflowException.class, () -> c.read("a/x", target));
      assertEquals(0, target.position());
    }
  }

  @ParameterizedTest
  @MethodSource("forms")
  void anUnknownNameIsNoSuchElement(Form form) throws IOException {
    try (Checkpoint c = form.open(dir)) {
      var read =
          assertThrows(NoSuchElementException.class, () -> c.read("t", ByteBuffer.allocate(9)));
      assertTrue(read.getMessage().contains("'t'"), read.getMessage());
      assertThrows(NoSuchElementException.class, () -> c.bytes("t"));
    }
  }

  @ParameterizedTest
  @MethodSource("forms")
  void readingAfterClosingIsAnIllegalState(Form form) throws IOException {
    Checkpoint c = form.open(dir);
    c.close();
    assertThrows(IllegalStateException.class, () -> c.read("s", ByteBuffer.allocate(4)));
    assertThrows(IllegalStateException.class, () -> c.bytes("s"));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void fourThreadsReadTheSame(Form form) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (Checkpoint c = form.open(dir)) {
      List<Future<ByteBuffer>> results = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        results.add(threads.submit(() -> c.bytes("a/x")));
      }
      for (Future<ByteBuffer> result : results) {
        assertEquals(EXPECTED.bytes("a/x"), result.get());
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
