package io.github.tfbit.checkpoints.hdf5;

import static io.github.tfbit.checkpoints.CheckpointException.unsupported;

import io.github.tfbit.checkpoints.CheckpointException;
import java.util.ArrayList;
import java.util.List;

/**
 * The dimensions of a dataset or attribute.
 *
 * @param shape outermost first; empty for a scalar
 * @param isNull whether there is not even a scalar ("null dataspace")
 */
record Dataspace(List<Integer> shape, boolean isNull) {
  /** {@code H5S_MAX_RANK}. */
  private static final int LARGEST_RANK = 32;

  private static final int NULL_TYPE = 2;

  /** A dataspace message (the format, IV.A.2.b). */
  static Dataspace of(Fields f) throws CheckpointException {
    int version = f.u8();
    if (version != 1 && version != 2) {
      throw f.corrupt("a dataspace of version 1 or 2", "version " + version);
    }
    int rank = f.u8();
    if (rank > LARGEST_RANK) {
      throw f.corrupt("at most " + LARGEST_RANK + " dimensions", rank + "");
    }
    f.skip(1); // flags: are there maximal dimensions, which nobody needs?
    boolean isNull = version == 1 ? f.skip(5) == null : f.u8() == NULL_TYPE;
    List<Integer> shape = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      shape.add(dimension(f));
    }
    return new Dataspace(List.copyOf(shape), isNull);
  }

  private static int dimension(Fields f) throws CheckpointException {
    long d = f.u64();
    if (d < 0 || d > Integer.MAX_VALUE) {
      throw unsupported(
          f.where(),
          "dimensions below 2^31",
          Long.toUnsignedString(d),
          "if the file is a BiT model it is damaged: copy or download it again");
    }
    return (int) d;
  }

  /** The product of the dimensions times {@code width}; -1 if that exceeds a long. */
  long bytes(int width) {
    long n = isNull ? 0 : width;
    for (int d : shape) {
      try {
        n = Math.multiplyExact(n, d);
      } catch (ArithmeticException e) {
        return -1;
      }
    }
    return n;
  }
}
