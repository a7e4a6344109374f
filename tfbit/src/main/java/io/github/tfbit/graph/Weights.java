package io.github.tfbit.graph;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * Where {@link Network} takes its weights from, by published name.
 *
 * @param <T> element type of the network: float32, or float64 for checks
 */
public interface Weights<T extends TNumber> {
  /** How a convolution pads its input. */
  enum Padding {
    /** By ops that have a gradient: Pad and VALID. */
    DIFFERENTIABLE,
    /** Inside the convolution; its gradient in C++ ignores it, so for inference only. */
    EXPLICIT,
    /**
     * As TensorFlow's SAME, which pads one side more than the other where the stride is 2, and as
     * pooling that ignores its padding. Not BiT: for those who look for other renderings' mistakes.
     */
    SAME
  }

  /**
   * A tensor as it is in the file: gamma, beta, the head's kernel and bias.
   *
   * @param name published name
   * @return its value
   * @throws IllegalArgumentException if there is none of that name
   */
  Operand<T> parameter(String name);

  /**
   * A convolution kernel, standardised.
   *
   * @param name published name
   * @return {@link WeightStandardization#standardize} of the tensor, HWIO
   * @throws IllegalArgumentException if there is none of that name
   */
  Operand<T> standardized(String name);

  /**
   * Whether there are a head's kernel and bias.
   *
   * @return false if the network ends at the pre-logits
   */
  boolean hasHead();

  /**
   * Adds the head.
   *
   * @param tf where the ops go
   * @param features pre-logits, {@code [batch, features]}
   * @param kernel {@code [features, classes]}
   * @param bias {@code [classes]}
   * @return logits, {@code [batch, classes]}: by default {@code features x kernel + bias}
   */
  default Operand<T> head(Ops tf, Operand<T> features, Operand<T> kernel, Operand<T> bias) {
    return tf.math.add(tf.linalg.matMul(features, kernel), bias);
  }

  /**
   * Adds a GroupNorm with the weights' gamma and beta.
   *
   * @param tf where the ops go
   * @param name what the published names of gamma and beta begin with
   * @param x {@code [batch, height, width, channels]}
   * @param groups divides channels
   * @return as x: by default {@link Normalization#groupNorm}
   */
  default Operand<T> normalized(Ops tf, String name, Operand<T> x, int groups) {
    return Normalization.groupNorm(
        tf, x, parameter(name + "/gamma"), parameter(name + "/beta"), groups);
  }

  /**
   * How convolutions pad.
   *
   * @return the same answer always
   */
  Padding padding();
}
