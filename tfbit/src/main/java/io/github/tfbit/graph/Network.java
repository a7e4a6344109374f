package io.github.tfbit.graph;

import io.github.tfbit.converters.Architecture;
import io.github.tfbit.converters.PublishedNames;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.Conv2d;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * The whole network: root block, four blocks of pre-activation bottleneck units, GroupNorm, ReLU,
 * mean, head. Paper (arXiv 1912.11370) section 3; every constant as bit_pytorch/models.py at
 * 140de6e has it.
 *
 * @param <T> element type
 */
public final class Network<T extends TNumber> {
  private static final List<Endpoint> BLOCKS =
      List.of(Endpoint.BLOCK1, Endpoint.BLOCK2, Endpoint.BLOCK3, Endpoint.BLOCK4);

  private final Ops tf;
  private final Architecture architecture;
  private final Weights<T> weights;

  private Network(Ops tf, Architecture architecture, Weights<T> weights) {
    this.tf = tf;
    this.architecture = architecture;
    this.weights = weights;
  }

  /**
   * Adds the network to a graph.
   *
   * @param tf where the ops go
   * @param architecture the network's shape
   * @param weights its weights
   * @param images {@code [batch, height, width, 3]}, RGB in [-1, 1], any height and width
   * @param <T> element type
   * @return every endpoint; without {@link Endpoint#LOGITS} if the weights have no head
   */
  public static <T extends TNumber> Map<Endpoint, Operand<T>> build(
      Ops tf, Architecture architecture, Weights<T> weights, Operand<T> images) {
    Network<T> network = new Network<>(tf, architecture, weights);
    return network.after(Endpoint.ROOT_BLOCK, network.root(images));
  }

  /**
   * Adds the part of the network that follows an endpoint.
   *
   * @param tf where the ops go
   * @param architecture the network's shape
   * @param weights those of that part are used
   * @param from the last endpoint that is not computed
   * @param values its values, of the shape that {@link Endpoint} says
   * @param <T> element type
   * @return that endpoint and every later one; without {@link Endpoint#LOGITS} if the weights have
   *     no head
   */
  public static <T extends TNumber> Map<Endpoint, Operand<T>> buildAfter(
      Ops tf, Architecture architecture, Weights<T> weights, Endpoint from, Operand<T> values) {
    return new Network<>(tf, architecture, weights).after(from, values);
  }

  private Map<Endpoint, Operand<T>> after(Endpoint from, Operand<T> values) {
    Map<Endpoint, Operand<T>> at = new EnumMap<>(Endpoint.class);
    at.put(from, values);
    Operand<T> x = values;
    for (Endpoint next : Endpoint.values()) {
      if (next.compareTo(from) > 0 && (next != Endpoint.LOGITS || weights.hasHead())) {
        x =
            switch (next) {
              case ROOT_BLOCK -> throw new IllegalStateException("nothing comes before it");
              case BLOCK1, BLOCK2, BLOCK3, BLOCK4 -> block(BLOCKS.indexOf(next) + 1, x);
              case PRE_LOGITS -> tf.math.mean(normRelu(PublishedNames.FINAL_NORM, x), axes(1, 2));
              case LOGITS -> head(x);
            };
        at.put(next, x);
      }
    }
    return Collections.unmodifiableMap(at);
  }

  private Operand<T> block(int block, Operand<T> values) {
    Operand<T> x = values;
    for (int unit = 1; unit <= architecture.units().get(block - 1); unit++) {
      int stride = block > 1 && unit == 1 ? 2 : 1;
      x = unit(PublishedNames.unit(block, unit), x, stride, unit == 1);
    }
    return x;
  }

  /**
   * 7x7 convolution of stride 2 on 3 zeros each side, then 3x3 max-pooling of stride 2 on 1 zero
   * each side. No norm and no ReLU in between, so values below zero lose to the padding: pooling
   * that pads with minus infinity, as most frameworks do, differs at the border.
   */
  private Operand<T> root(Operand<T> images) {
    Operand<T> x = convolution(PublishedNames.ROOT_KERNEL, images, 7, 2);
    return weights.padding() == Weights.Padding.SAME
        ? tf.nn.maxPool(x, axes(1, 3, 3, 1), axes(1, 2, 2, 1), "SAME")
        : tf.nn.maxPool(pad(x, 1), axes(1, 3, 3, 1), axes(1, 2, 2, 1), "VALID");
  }

  /**
   * One pre-activation bottleneck unit: 1x1, 3x3 with the stride, 1x1 to four times the channels,
   * each after GroupNorm and ReLU; added to the raw input, or in a block's first unit to a
   * projection of the pre-activation. Nothing after the sum.
   */
  private Operand<T> unit(String name, Operand<T> x, int stride, boolean project) {
    Operand<T> preactivation = normRelu(name + "a/group_norm", x);
    Operand<T> shortcut =
        project
            ? convolution(name + "a/proj/standardized_conv2d/kernel", preactivation, 1, stride)
            : x;
    Operand<T> y = convolution(name + "a/standardized_conv2d/kernel", preactivation, 1, 1);
    y = normRelu(name + "b/group_norm", y);
    y = convolution(name + "b/standardized_conv2d/kernel", y, 3, stride);
    y = normRelu(name + "c/group_norm", y);
    y = convolution(name + "c/standardized_conv2d/kernel", y, 1, 1);
    return tf.math.add(y, shortcut);
  }

  private Operand<T> normRelu(String name, Operand<T> x) {
    return tf.nn.relu(weights.normalized(tf, name, x, architecture.groups()));
  }

  /** Convolution with (side - 1) / 2 zeros on each side, whatever the stride: not TF's SAME. */
  private Operand<T> convolution(String name, Operand<T> x, int side, int stride) {
    Operand<T> kernel = weights.standardized(name);
    List<Long> strides = List.of(1L, (long) stride, (long) stride, 1L);
    int zeros = (side - 1) / 2;
    if (zeros == 0) {
      return tf.nn.conv2d(x, kernel, strides, "VALID");
    }
    if (stride == 1 || weights.padding() == Weights.Padding.SAME) {
      return tf.nn.conv2d(x, kernel, strides, "SAME"); // Symmetric for an odd side and stride 1.
    }
    if (weights.padding() == Weights.Padding.EXPLICIT) {
      long p = zeros;
      return tf.nn.conv2d(
          x, kernel, strides, "EXPLICIT", Conv2d.explicitPaddings(0L, 0L, p, p, p, p, 0L, 0L));
    }
    return tf.nn.conv2d(pad(x, zeros), kernel, strides, "VALID");
  }

  private Operand<T> pad(Operand<T> x, int zeros) {
    int[][] sides = {{0, 0}, {zeros, zeros}, {zeros, zeros}, {0, 0}};
    return tf.pad(x, tf.constant(sides), Scalars.of(tf, x, 0));
  }

  private Operand<T> head(Operand<T> features) {
    Operand<T> kernel = weights.parameter(PublishedNames.HEAD_KERNEL);
    Operand<T> matrix = tf.reshape(kernel, axes(architecture.features(), -1));
    Operand<T> bias = weights.parameter(PublishedNames.HEAD_BIAS);
    return weights.head(tf, features, matrix, bias);
  }

  private Operand<TInt32> axes(int... values) {
    return tf.constant(values);
  }
}
