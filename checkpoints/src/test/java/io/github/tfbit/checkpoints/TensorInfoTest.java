package io.github.tfbit.checkpoints;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class TensorInfoTest {
  @Test
  void aScalarHasOneElement() {
    assertEquals(8, new TensorInfo("s", DType.INT64, List.of()).byteSize());
  }

  @Test
  void theLargestPublishedTensorFitsAnInt() {
    TensorInfo head = new TensorInfo("head", DType.FLOAT32, List.of(1, 1, 8192, 21_843));
    assertEquals(715_751_424L, head.byteSize());
  }

  @Test
  void overflowIsNotSilent() {
    int max = Integer.MAX_VALUE;
    TensorInfo huge = new TensorInfo("t", DType.FLOAT32, List.of(max, max, max));
    assertThrows(ArithmeticException.class, huge::elements);
    TensorInfo large = new TensorInfo("t", DType.FLOAT64, List.of(max, max));
    assertThrows(ArithmeticException.class, large::byteSize);
  }

  @Test
  void refusesNegativeDimensions() {
    List<Integer> shape = List.of(2, -1);
    var e =
        assertThrows(
            IllegalArgumentException.class, () -> new TensorInfo("t", DType.FLOAT32, shape));
    assertEquals("t: negative dimension in [2, -1]", e.getMessage());
  }
}
