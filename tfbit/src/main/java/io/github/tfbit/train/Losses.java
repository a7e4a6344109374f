package io.github.tfbit.train;

import io.github.tfbit.converters.Activation;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/** What training makes smaller, for labels that may be soft (MixUp). */
final class Losses {
  private Losses() {}

  /**
   * Cross-entropy summed over the pictures; for a sigmoid over the classes too (bit_tf2 and
   * big_vision do the same).
   *
   * @param tf where the ops go
   * @param activation softmax, or a sigmoid for each class
   * @param logits {@code [batch, classes]}
   * @param labels {@code [batch, classes]}, each in [0, 1]
   * @return a scalar
   */
  static <T extends TNumber> Operand<T> sum(
      Ops tf, Activation activation, Operand<T> logits, Operand<T> labels) {
    return switch (activation) {
      case SOFTMAX ->
          tf.reduceSum(
              tf.nn.softmaxCrossEntropyWithLogits(logits, labels).loss(),
              tf.constant(new int[] {0}));
      case SIGMOID -> tf.reduceSum(sigmoid(tf, logits, labels), tf.constant(new int[] {0, 1}));
    };
  }

  /**
   * {@code log(1 + exp(x)) - x z}. Not the usual form with a maximum and an absolute value: the
   * gradients of both are zero at x = 0, where a zero head starts, and half of the gradient would
   * be lost there.
   */
  private static <T extends TNumber> Operand<T> sigmoid(
      Ops tf, Operand<T> logits, Operand<T> labels) {
    return tf.math.sub(tf.math.softplus(logits), tf.math.mul(logits, labels));
  }
}
