package io.github.tfbit.checkpoints;

import java.util.List;
import java.util.Objects;

/**
 * Name, element type and shape of one tensor.
 *
 * @param name unique within its checkpoint
 * @param dtype element type
 * @param shape sizes of the dimensions, outermost first; empty for a scalar
 */
public record TensorInfo(String name, DType dtype, List<Integer> shape) {
  /** Copies the shape and refuses negative dimensions. */
  public TensorInfo {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(dtype, "dtype");
    shape = List.copyOf(shape);
    if (shape.stream().anyMatch(d -> d < 0)) {
      throw new IllegalArgumentException(name + ": negative dimension in " + shape);
    }
  }

  /**
   * Number of elements.
   *
   * @return the product of the dimensions, 1 for a scalar
   * @throws ArithmeticException if it exceeds a long
   */
  public long elements() {
    long n = 1;
    for (int d : shape) {
      n = Math.multiplyExact(n, d);
    }
    return n;
  }

  /**
   * Size of the contents.
   *
   * @return bytes
   * @throws ArithmeticException if it exceeds a long
   */
  public long byteSize() {
    return Math.multiplyExact(elements(), dtype.bytes());
  }
}
