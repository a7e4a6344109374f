package io.github.tfbit.graph;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.family.TNumber;

/**
 * Weight standardisation (Qiao et al., arXiv 1903.10520) as BiT has it: {@code (w - m) / sqrt(v +
 * eps)}, with mean and population variance over height, width and input channels, for each output
 * channel; no gain.
 */
public final class WeightStandardization {
  /**
   * What is added to the variance (bit_pytorch/models.py and bit_tf2/models.py at 140de6e).
   * Renderings differ: timm and Hugging Face add 1e-8, big_vision divides by the deviation plus
   * 1e-5.
   */
  public static final double EPSILON = 1e-10;

  private WeightStandardization() {}

  /**
   * Standardises a kernel.
   *
   * @param tf where the ops go
   * @param kernel HWIO
   * @param <T> element type
   * @return as the kernel
   */
  public static <T extends TNumber> Operand<T> standardize(Ops tf, Operand<T> kernel) {
    Operand<T> centred = tf.math.sub(kernel, mean(tf, kernel));
    Operand<T> variance = mean(tf, tf.math.square(centred));
    return tf.math.mul(
        centred, tf.math.rsqrt(tf.math.add(variance, Scalars.of(tf, kernel, EPSILON))));
  }

  private static <T extends TNumber> Operand<T> mean(Ops tf, Operand<T> kernel) {
    return tf.math.mean(kernel, tf.constant(new int[] {0, 1, 2}), Mean.keepDims(true));
  }
}
