package io.github.tfbit.doctor;

import io.github.tfbit.converters.Architecture;
import io.github.tfbit.converters.PublishedNames;
import io.github.tfbit.graph.Normalization;
import io.github.tfbit.graph.Weights;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Weights that are used wrongly in one way.
 *
 * @param tf where ops go
 * @param right the weights
 * @param variant the mistake
 * @param groups of GroupNorm
 */
record FaultyWeights(Ops tf, Weights<TFloat32> right, NetworkVariant variant, int groups)
    implements Weights<TFloat32> {
  private static final double LARGE = 1e-3;
  private static final double SMALL = 1e-6;

  /** Groups of a network with a mistake; 0 if its channels do not allow that many. */
  static int groups(NetworkVariant variant, Architecture architecture) {
    int groups = architecture.groups();
    return switch (variant) {
      case HALF_GROUPS -> groups % 2 == 0 ? groups / 2 : 0;
      case DOUBLE_GROUPS -> architecture.rootChannels() % (2 * groups) == 0 ? 2 * groups : 0;
      case ONE_GROUP -> groups > 2 ? 1 : 0;
      default -> groups;
    };
  }

  @Override
  public Operand<TFloat32> parameter(String name) {
    return right.parameter(name);
  }

  @Override
  public Operand<TFloat32> standardized(String name) {
    if (variant == NetworkVariant.RAW_KERNELS) {
      return right.parameter(name);
    }
    Operand<TFloat32> kernel = right.standardized(name);
    if (variant != NetworkVariant.UNBIASED) {
      return kernel;
    }
    long n = kernel.shape().get(0) * kernel.shape().get(1) * kernel.shape().get(2);
    return tf.math.mul(kernel, tf.constant((float) Math.sqrt((n - 1.0) / n)));
  }

  @Override
  public boolean hasHead() {
    return right.hasHead();
  }

  @Override
  public Operand<TFloat32> head(
      Ops at, Operand<TFloat32> features, Operand<TFloat32> kernel, Operand<TFloat32> bias) {
    return variant == NetworkVariant.NO_HEAD_BIAS
        ? at.linalg.matMul(features, kernel)
        : right.head(at, features, kernel, bias);
  }

  @Override
  public Operand<TFloat32> normalized(Ops at, String name, Operand<TFloat32> x, int unused) {
    if (variant == NetworkVariant.NO_FINAL_NORM && name.equals(PublishedNames.FINAL_NORM)) {
      return x;
    }
    double epsilon =
        switch (variant) {
          case LARGE_EPSILON -> LARGE;
          case SMALL_EPSILON -> SMALL;
          default -> Normalization.EPSILON;
        };
    return Normalization.groupNorm(
        at, x, parameter(name + "/gamma"), parameter(name + "/beta"), groups, epsilon);
  }

  @Override
  public Padding padding() {
    return variant == NetworkVariant.SAME_PADDING ? Padding.SAME : Padding.EXPLICIT;
  }
}
