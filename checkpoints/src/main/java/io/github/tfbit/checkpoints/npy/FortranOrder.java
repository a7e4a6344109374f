package io.github.tfbit.checkpoints.npy;

import io.github.tfbit.checkpoints.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Arrays whose first dimension varies fastest, turned to C order. */
public final class FortranOrder {
  private FortranOrder() {}

  /**
   * Copies an array from Fortran to C order.
   *
   * @param source the array from its position on, first dimension fastest
   * @param target filled from its position on, last dimension fastest
   * @param info element size and shape
   */
  public static void toC(ByteBuffer source, ByteBuffer target, TensorInfo info) {
    ByteBuffer from = source.slice().order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer to = target.slice().order(ByteOrder.LITTLE_ENDIAN);
    int width = info.dtype().bytes();
    int rank = info.shape().size();
    int[] size = info.shape().stream().mapToInt(Integer::intValue).toArray();
    int[] stride = new int[rank];
    int step = width;
    for (int d = 0; d < rank; d++) {
      stride[d] = step;
      step *= size[d];
    }
    int[] index = new int[rank];
    int at = 0;
    int total = (int) info.byteSize();
    for (int out = 0; out < total; out += width) {
      switch (width) {
        case 2 -> to.putShort(out, from.getShort(at));
        case 4 -> to.putInt(out, from.getInt(at));
        default -> to.putLong(out, from.getLong(at));
      }
      for (int d = rank - 1; d >= 0; d--) {
        at += stride[d];
        if (++index[d] < size[d]) {
          break;
        }
        at -= stride[d] * size[d];
        index[d] = 0;
      }
    }
    target.position(target.position() + total);
  }
}
