package io.github.tfbit.checkpoints.savedmodel;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One input or output of a signature.
 *
 * @param tensor its name in the graph, for example {@code serving_default_input_1:0}
 * @param dtype TensorFlow's name of the element type, for example {@code DT_FLOAT}
 * @param shape sizes of the dimensions, outermost first, -1 where any size will do; empty if even
 *     the rank is open
 */
public record TensorSpec(String tensor, String dtype, Optional<List<Long>> shape) {
  /** Copies the shape. */
  public TensorSpec {
    Objects.requireNonNull(tensor, "tensor");
    Objects.requireNonNull(dtype, "dtype");
    shape = shape.map(List::copyOf);
  }
}
