package io.github.tfbit.graph;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TNumber;

/** Constants of the network's element type. */
final class Scalars {
  private Scalars() {}

  @SuppressWarnings("unchecked")
  static <T extends TNumber> Operand<T> of(Ops tf, Operand<T> like, double value) {
    if (like.type() == TFloat32.class) {
      return (Operand<T>) tf.constant((float) value);
    }
    return tf.dtypes.cast(tf.constant(value), like.type());
  }
}
