package io.github.tfbit.train;

import io.github.tfbit.converters.Activation;
import io.github.tfbit.graph.HeadFunction;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * What training makes smaller, and of which logits.
 *
 * @param activation decides the loss: softmax or sigmoid cross-entropy
 * @param classWeights how much each class counts, in the order of the classes; empty if all count
 *     alike. With softmax a picture's loss is multiplied by the weight of its class, or by the
 *     weighted mean where its label is soft; with a sigmoid the loss of each label by its weight
 * @param own a loss of the user's own in place of the cross-entropy; the weights play no part then
 * @param head what makes logits of features
 */
public record Objective(
    Activation activation,
    List<Double> classWeights,
    Optional<LossFunction> own,
    HeadFunction head) {
  /** Copies the weights. */
  public Objective {
    Objects.requireNonNull(own, "own");
    Objects.requireNonNull(head, "head");
    Objects.requireNonNull(activation, "activation");
    classWeights = List.copyOf(classWeights);
    for (double w : classWeights) {
      if (!(w >= 0) || Double.isInfinite(w)) {
        throw new IllegalArgumentException("expected class weights of 0 or more, found " + w);
      }
    }
  }

  /**
   * A loss in which every class counts alike.
   *
   * @param activation decides it
   * @return without weights
   */
  public static Objective of(Activation activation) {
    return of(activation, List.of());
  }

  /**
   * Cross-entropy with class weights.
   *
   * @param activation decides it
   * @param classWeights how much each class counts; empty if all count alike
   * @return for the published head
   */
  public static Objective of(Activation activation, List<Double> classWeights) {
    return new Objective(activation, classWeights, Optional.empty(), HeadFunction.LINEAR);
  }

  /** The loss of a batch, summed over its pictures. */
  Operand<TFloat32> sum(Ops tf, Operand<TFloat32> logits, Operand<TFloat32> labels) {
    return own.isPresent()
        ? tf.reduceSum(own.get().perPicture(tf, logits, labels), tf.constant(new int[] {0}))
        : Losses.sum(tf, this, logits, labels);
  }

  /** The weights as TensorFlow takes them. */
  float[] weights() {
    float[] weights = new float[classWeights.size()];
    for (int c = 0; c < weights.length; c++) {
      weights[c] = classWeights.get(c).floatValue();
    }
    return weights;
  }
}
