package io.github.tfbit.converters.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.DType;
import io.github.tfbit.checkpoints.MemoryCheckpoint;
import io.github.tfbit.checkpoints.TensorInfo;
import java.io.IOException;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MappedCheckpointTest {
  /** The same elements, one by one, by the definition of the two orders. */
  private static byte[] turned(byte[] oihw, int[] shape, int width) {
    int outputs = shape[0];
    int inputs = shape[1];
    int area = shape[2] * shape[3];
    byte[] hwio = new byte[oihw.length];
    for (int o = 0; o < outputs; o++) {
      for (int i = 0; i < inputs; i++) {
        for (int s = 0; s < area; s++) {
          int from = ((o * inputs + i) * area + s) * width;
          System.arraycopy(oihw, from, hwio, ((s * inputs + i) * outputs + o) * width, width);
        }
      }
    }
    return hwio;
  }

  private static Checkpoint toHwio(Checkpoint c, TensorInfo t) {
    List<Integer> s = t.shape();
    List<Integer> hwio = List.of(s.get(2), s.get(3), s.get(1), s.get(0));
    return MappedCheckpoint.of(
        c,
        List.of(
            new Mapping(new TensorInfo("k", t.dtype(), hwio), t.name(), Axes.OIHW_TO_HWIO, hwio)));
  }

  private static Checkpoint toOihw(Checkpoint c, TensorInfo t) {
    List<Integer> s = c.tensors().get(0).shape();
    return MappedCheckpoint.of(
        c, List.of(new Mapping(t, c.tensors().get(0).name(), Axes.HWIO_TO_OIHW, s)));
  }

  @ParameterizedTest
  @CsvSource({
    "FLOAT32, 2, 3, 1, 1",
    "FLOAT32, 70, 130, 3, 3",
    "FLOAT32, 65, 3, 7, 7",
    "FLOAT16, 130, 67, 3, 1",
    "FLOAT64, 5, 64, 1, 2",
    "FLOAT32, 1, 500, 1, 1",
    "FLOAT32, 0, 4, 1, 1",
    "FLOAT32, 1600, 1500, 1, 1"
  })
  void turnsKernelsThereAndBack(DType dtype, int o, int i, int h, int w) throws IOException {
    int[] shape = {o, i, h, w};
    TensorInfo oihw = new TensorInfo("x", dtype, List.of(o, i, h, w));
    byte[] values = new byte[(int) oihw.byteSize()];
    new Random(o * 31L + i).nextBytes(values);
    byte[] expected = turned(values, shape, dtype.bytes());
    Checkpoint hwio = toHwio(new MemoryCheckpoint().add("x", dtype, oihw.shape(), values), oihw);
    assertEquals(ByteBuffer.wrap(expected), hwio.bytes("k"));
    assertEquals(ByteBuffer.wrap(expected), streamed(hwio, "k"));
    MemoryCheckpoint copy =
        new MemoryCheckpoint().add("k", dtype, hwio.tensors().get(0).shape(), expected);
    Checkpoint back = toOihw(copy, oihw);
    assertEquals(ByteBuffer.wrap(values), back.bytes("x"));
    assertEquals(ByteBuffer.wrap(values), streamed(back, "x"));
  }

  private static ByteBuffer streamed(Checkpoint c, String name) throws IOException {
    ByteBuffer all = ByteBuffer.allocate((int) c.find(name).orElseThrow().byteSize());
    c.stream(name, all::put);
    return all.flip();
  }

  @Test
  void readFillsFromThePositionOnAndNoMore() throws IOException {
    TensorInfo t = new TensorInfo("x", DType.FLOAT32, List.of(2, 2, 1, 1));
    Checkpoint c = toHwio(new MemoryCheckpoint().add("x", t.shape(), 1, 2, 3, 4), t);
    ByteBuffer target = ByteBuffer.allocateDirect(24).order(ByteOrder.LITTLE_ENDIAN).position(4);
    c.read("k", target);
    assertEquals(20, target.position());
    assertEquals(0f, target.getFloat(0));
    assertEquals(1f, target.getFloat(4));
    assertEquals(3f, target.getFloat(8));
    assertEquals(0f, target.getFloat(20));
  }

  @Test
  void aTargetWithoutRoomOverflows() {
    TensorInfo t = new TensorInfo("x", DType.FLOAT32, List.of(2, 2, 1, 1));
    Checkpoint c = toHwio(new MemoryCheckpoint().add("x", t.shape(), 1, 2, 3, 4), t);
    assertThrows(BufferOverflowException.class, () -> c.read("k", ByteBuffer.allocate(15)));
  }

  @Test
  void aKernelTurnedThereAndBackIsNotTurnedAtAll() throws IOException {
    TensorInfo t = new TensorInfo("x", DType.FLOAT32, List.of(3, 2, 1, 1));
    ByteBuffer values = ByteBuffer.allocate(24);
    MemoryCheckpoint memory = new MemoryCheckpoint().add("x", t.dtype(), t.shape(), values.array());
    Checkpoint back = toOihw(MappedCheckpoint.owned(toHwio(memory, t), memory), t);
    values.putInt(20, 7);
    assertEquals(7, back.bytes("x").order(ByteOrder.BIG_ENDIAN).getInt(20));
    assertTrue(back.bytes("x").isReadOnly());
  }

  @Test
  void closesItsOwner() throws IOException {
    AtomicInteger closed = new AtomicInteger();
    MappedCheckpoint.owned(new MemoryCheckpoint(), closed::incrementAndGet).close();
    assertEquals(1, closed.get());
  }

  @Test
  void anUnknownNameIsNoSuchElement() {
    Checkpoint c = MappedCheckpoint.owned(new MemoryCheckpoint(), () -> {});
    assertThrows(NoSuchElementException.class, () -> c.bytes("x"));
  }

  @Test
  void refusesAnOriginalThatDoesNotExist() {
    TensorInfo t = new TensorInfo("x", DType.FLOAT32, List.of(1));
    List<Mapping> mappings = List.of(Mapping.renamed(t, "y"));
    assertThrows(
        IllegalArgumentException.class,
        () -> MappedCheckpoint.of(new MemoryCheckpoint(), mappings));
  }
}
