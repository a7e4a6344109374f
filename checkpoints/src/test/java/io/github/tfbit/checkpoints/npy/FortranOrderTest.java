package io.github.tfbit.checkpoints.npy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.tfbit.checkpoints.DType;
import io.github.tfbit.checkpoints.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FortranOrderTest {
  private static void put(ByteBuffer b, DType dtype, long value) {
    switch (dtype.bytes()) {
      case 2 -> b.putShort((short) value);
      case 4 -> b.putInt((int) value);
      default -> b.putLong(value);
    }
  }

  /** Element [i, j, k] of shape [2, 3, 4] holds its own C-order number. */
  @ParameterizedTest
  @EnumSource
  void everyElementSizeIsTransposed(DType dtype) {
    TensorInfo info = new TensorInfo("t", dtype, List.of(2, 3, 4));
    int size = (int) info.byteSize();
    ByteBuffer fortran = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    for (int k = 0; k < 4; k++) {
      for (int j = 0; j < 3; j++) {
        for (int i = 0; i < 2; i++) {
          put(fortran, dtype, i * 12 + j * 4 + k);
        }
      }
    }
    ByteBuffer expected = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    for (int n = 0; n < 24; n++) {
      put(expected, dtype, n);
    }
    ByteBuffer target = ByteBuffer.allocateDirect(size);
    FortranOrder.toC(fortran.flip(), target, info);
    assertEquals(expected.flip(), target.flip());
  }

  @Test
  void scalarsAndVectorsStayAsTheyAre() {
    ByteBuffer source = ByteBuffer.allocate(8).putInt(0, 7).putInt(4, 8);
    ByteBuffer target = ByteBuffer.allocate(8);
    FortranOrder.toC(source, target, new TensorInfo("v", DType.FLOAT32, List.of(2)));
    assertEquals(source, target.flip());
  }

  @Test
  void anEmptyArrayMovesNothing() {
    ByteBuffer target = ByteBuffer.allocate(4);
    FortranOrder.toC(
        ByteBuffer.allocate(0), target, new TensorInfo("e", DType.FLOAT32, List.of(0, 3)));
    assertEquals(0, target.position());
  }
}
