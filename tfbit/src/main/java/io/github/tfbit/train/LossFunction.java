package io.github.tfbit.train;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** A loss of one's own. */
@FunctionalInterface
public interface LossFunction {
  /**
   * Adds the loss to a graph. Its ops must have gradients in TensorFlow's C++ library.
   *
   * @param tf where the ops go
   * @param logits {@code [batch, classes]}
   * @param labels {@code [batch, classes]}, each from 0 to 1: 1 for a label, shares after MixUp
   * @return {@code [batch]}, the loss of each picture; a step goes by their mean
   */
  Operand<TFloat32> perPicture(Ops tf, Operand<TFloat32> logits, Operand<TFloat32> labels);
}
