package io.github.tfbit.checkpoints;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckpointsTest {
  private static ByteBuffer half(int... bits) throws IOException {
    ByteBuffer b = ByteBuffer.allocate(2 * bits.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int bit : bits) {
      b.putShort((short) bit);
    }
    MemoryCheckpoint c = new MemoryCheckpoint();
    c.add("h", DType.FLOAT16, List.of(bits.length), b.array());
    return Checkpoints.asFloat32(c).bytes("h");
  }

  /** Bit patterns and values from IEEE 754-2008, binary16. */
  @ParameterizedTest
  @CsvSource({
    "0x3c00, 1.0",
    "0xc000, -2.0",
    "0x7bff, 65504.0",
    "0x0400, 6.103515625e-05",
    "0x0001, 5.9604644775390625e-08",
    "0x83ff, -6.097555160522461e-05",
    "0x0000, 0.0",
    "0x7c00, Infinity",
    "0xfc00, -Infinity",
    "0x7e00, NaN"
  })
  void widensHalfPrecisionExactly(String bits, float value) throws IOException {
    assertEquals(value, half(Integer.decode(bits)).getFloat());
  }

  @Test
  void keepsTheSignOfZero() throws IOException {
    assertEquals(0x80000000, half(0x8000).getInt());
  }

  @ParameterizedTest
  @CsvSource({"0x3f80, 1.0", "0xc049, -3.140625", "0x7f80, Infinity", "0x0001, 9.18355e-41"})
  void widensBfloat16Exactly(String bits, float value) throws IOException {
    ByteBuffer b = ByteBuffer.allocate(2).order(ByteOrder.LITTLE_ENDIAN);
    b.putShort(0, Integer.decode(bits).shortValue());
    Checkpoint c = new MemoryCheckpoint().add("b", DType.BFLOAT16, List.of(1), b.array());
    assertEquals(value, Checkpoints.asFloat32(c).bytes("b").getFloat());
  }

  @Test
  void roundsDoublePrecision() throws IOException {
    byte[] bytes = new byte[8];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putDouble(0.1);
    Checkpoint c = new MemoryCheckpoint().add("d", DType.FLOAT64, List.of(1), bytes);
    ByteBuffer target = ByteBuffer.allocateDirect(4).order(ByteOrder.LITTLE_ENDIAN);
    Checkpoints.asFloat32(c).read("d", target);
    assertEquals(0.1f, target.flip().getFloat());
  }

  @Test
  void saysFloat32() throws IOException {
    Checkpoint c = new MemoryCheckpoint().add("d", DType.FLOAT64, List.of(1), new byte[8]);
    assertEquals(
        List.of(new TensorInfo("d", DType.FLOAT32, List.of(1))),
        Checkpoints.asFloat32(c).tensors());
  }

  @Test
  void leavesFloat32Alone() throws IOException {
    Checkpoint c = new MemoryCheckpoint().add("x", List.of(1), 1);
    assertSame(c, Checkpoints.asFloat32(c));
  }

  @Test
  void refusesWholeNumbers() {
    Checkpoint c = new MemoryCheckpoint().add("seed", DType.INT64, List.of(), new byte[8]);
    var e =
        assertThrows(CheckpointException.Mismatch.class, () -> Checkpoints.asFloat32(c).close());
    assertEquals("INT64 in 'seed'", e.problem().found());
  }
}
