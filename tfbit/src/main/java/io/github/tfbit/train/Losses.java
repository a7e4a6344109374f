package io.github.tfbit.train;

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
   * @param objective softmax, or a sigmoid for each class, and how much each class counts
   * @param logits {@code [batch, classes]}
   * @param labels {@code [batch, classes]}, each in [0, 1]
   * @return a scalar
   */
  static <T extends TNumber> Operand<T> sum(
      Ops tf, Objective objective, Operand<T> logits, Operand<T> labels) {
    boolean weighted = !objective.classWeights().isEmpty();
    return switch (objective.activation()) {
      case SOFTMAX -> {
        Operand<T> each = tf.nn.softmaxCrossEntropyWithLogits(logits, labels).loss();
        yield tf.reduceSum(
            weighted ? tf.math.mul(each, pictureWeights(tf, objective, labels)) : each,
            tf.constant(new int[] {0}));
      }
      case SIGMOID -> {
        Operand<T> each = sigmoid(tf, logits, labels);
        yield tf.reduceSum(
            weighted ? tf.math.mul(each, weights(tf, objective, labels)) : each,
            tf.constant(new int[] {0, 1}));
      }
    };
  }

  /** {@code [batch]}: the weight of each picture's class, mixed as its label is. */
  private static <T extends TNumber> Operand<T> pictureWeights(
      Ops tf, Objective objective, Operand<T> labels) {
    Operand<T> mixed = tf.math.mul(labels, weights(tf, objective, labels));
    return tf.reduceSum(mixed, tf.constant(new int[] {1}));
  }

  /** {@code [classes]}. */
  private static <T extends TNumber> Operand<T> weights(
      Ops tf, Objective objective, Operand<T> like) {
    return tf.dtypes.cast(tf.constant(objective.weights()), like.type());
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
