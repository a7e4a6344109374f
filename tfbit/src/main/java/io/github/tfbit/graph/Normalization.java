package io.github.tfbit.graph;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/**
 * Group normalisation (Wu and He, arXiv 1803.08494): {@code y = gamma * (x - m) / sqrt(v + eps) +
 * beta}, with mean m and biased variance v of each picture over height, width and the channels of
 * one group, gamma and beta by channel. One group is layer normalisation, as many groups as
 * channels is instance normalisation.
 */
public final class Normalization {
  /** What is added to the variance (bit_pytorch/models.py at 140de6e: nn.GroupNorm's default). */
  public static final double EPSILON = 1e-5;

  private Normalization() {}

  /**
   * Normalises by groups. Mean and variance are taken by channel in two passes over the pixels and
   * then joined by group, which is faster than the textbook's reshape and as exact; the figures are
   * in {@code docs/decisions/groupnorm.md}.
   *
   * @param tf where the ops go
   * @param x {@code [batch, height, width, channels]}; channels known
   * @param gamma {@code [channels]}
   * @param beta {@code [channels]}
   * @param groups divides channels
   * @param <T> element type
   * @return as x
   * @throws IllegalArgumentException if groups does not divide the channels
   */
  public static <T extends TNumber> Operand<T> groupNorm(
      Ops tf, Operand<T> x, Operand<T> gamma, Operand<T> beta, int groups) {
    return groupNorm(tf, x, gamma, beta, groups, EPSILON);
  }

  /**
   * As {@link #groupNorm(Ops, Operand, Operand, Operand, int)} with another addend, for those who
   * look for other renderings' mistakes.
   *
   * @param tf where the ops go
   * @param x {@code [batch, height, width, channels]}; channels known
   * @param gamma {@code [channels]}
   * @param beta {@code [channels]}
   * @param groups divides channels
   * @param epsilon what is added to the variance
   * @param <T> element type
   * @return as x
   * @throws IllegalArgumentException if groups does not divide the channels
   */
  public static <T extends TNumber> Operand<T> groupNorm(
      Ops tf, Operand<T> x, Operand<T> gamma, Operand<T> beta, int groups, double epsilon) {
    long channels = x.shape().get(3);
    if (groups < 1 || channels % groups != 0) {
      throw new IllegalArgumentException(
          "expected groups that divide " + channels + " channels, found " + groups);
    }
    Operand<TInt64> byGroup = tf.constant(new long[] {-1, groups, channels / groups});
    Operand<TInt64> byChannel = tf.constant(new long[] {-1, 1, 1, channels});
    Operand<T> mean = groupMean(tf, x, byGroup);
    Operand<T> centre =
        tf.reshape(tf.math.add(mean, tf.zerosLike(tf.reshape(gamma, byGroup))), byChannel);
    Operand<T> variance = groupMean(tf, tf.math.squaredDifference(x, centre), byGroup);
    Operand<T> inverse = tf.math.rsqrt(tf.math.add(variance, Scalars.of(tf, x, epsilon)));
    Operand<T> scale = tf.math.mul(inverse, tf.reshape(gamma, byGroup));
    Operand<T> shift = tf.math.sub(tf.reshape(beta, byGroup), tf.math.mul(mean, scale));
    return tf.math.add(tf.math.mul(x, tf.reshape(scale, byChannel)), tf.reshape(shift, byChannel));
  }

  /** Means over height, width and the group's channels: {@code [batch, groups, 1]}. */
  private static <T extends TNumber> Operand<T> groupMean(
      Ops tf, Operand<T> x, Operand<TInt64> byGroup) {
    Operand<T> channelMean = tf.math.mean(x, tf.constant(new int[] {1, 2}));
    return tf.math.mean(tf.reshape(channelMean, byGroup), tf.constant(2), Mean.keepDims(true));
  }
}
