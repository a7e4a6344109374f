package io.github.tfbit.graph;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A head of one's own: class scores from features, by the published head's two variables. It is
 * built into every graph of the model, so that training, evaluation and answers are one function.
 */
@FunctionalInterface
public interface HeadFunction {
  /** The published head: {@code features x kernel + bias}. */
  HeadFunction LINEAR =
      (tf, features, kernel, bias) -> tf.math.add(tf.linalg.matMul(features, kernel), bias);

  /**
   * Adds the head to a graph. Its ops must have gradients in TensorFlow's C++ library if it is
   * trained.
   *
   * @param tf where the ops go
   * @param features pre-logits, {@code [batch, features]}
   * @param kernel {@code [features, classes]}, zero at the start of a fine-tuning
   * @param bias {@code [classes]}, zero at the start
   * @return logits, {@code [batch, classes]}
   */
  Operand<TFloat32> logits(
      Ops tf, Operand<TFloat32> features, Operand<TFloat32> kernel, Operand<TFloat32> bias);
}
