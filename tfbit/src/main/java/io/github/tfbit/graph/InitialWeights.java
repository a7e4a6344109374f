package io.github.tfbit.graph;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.TensorInfo;
import io.github.tfbit.converters.Architecture;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Values to train from scratch with: kernels uniform in ±sqrt(6 / (fan in + fan out)) (Glorot and
 * Bengio; the default that bit_tf2/models.py at 140de6e inherits from Keras' Conv2D), gamma 1, beta
 * 0, the head zero (the same file). A value is a pure function of seed, name and index.
 */
public final class InitialWeights implements Checkpoint {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final List<TensorInfo> tensors;
  private final long seed;

  private InitialWeights(List<TensorInfo> tensors, long seed) {
    this.tensors = tensors;
    this.seed = seed;
  }

  /**
   * Initial values of a network.
   *
   * @param architecture its shape
   * @param classes of its head; 0 for none
   * @param seed decides the kernels
   * @return values that are made when they are read
   */
  public static InitialWeights of(Architecture architecture, int classes, long seed) {
    return new InitialWeights(architecture.tensors(classes), seed);
  }

  @Override
  public String source() {
    return "initial weights of seed " + seed;
  }

  @Override
  public List<TensorInfo> tensors() {
    return tensors;
  }

  @Override
  public void read(String name, ByteBuffer target) {
    TensorInfo info = find(name).orElseThrow(() -> new NoSuchElementException(name));
    ByteOrder order = target.order();
    target.order(ByteOrder.LITTLE_ENDIAN);
    long n = info.elements();
    if (name.endsWith("standardized_conv2d/kernel")) {
      double limit = Math.sqrt(6.0 / fans(info.shape()));
      long start = hash(name) + seed * GOLDEN;
      for (long i = 0; i < n; i++) {
        double unit = (mix(start + i) >>> 11) * 0x1p-53;
        target.putFloat((float) ((2 * unit - 1) * limit));
      }
    } else {
      float value = name.endsWith("/gamma") ? 1 : 0;
      for (long i = 0; i < n; i++) {
        target.putFloat(value);
      }
    }
    target.order(order);
  }

  /** Inputs plus outputs of one kernel, HWIO. */
  private static double fans(List<Integer> shape) {
    double positions = (double) shape.get(0) * shape.get(1);
    return positions * (shape.get(2) + shape.get(3));
  }

  /** FNV-1a, 64 bit. */
  private static long hash(String name) {
    long h = 0xCBF29CE484222325L;
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      h = (h ^ (b & 0xff)) * 0x100000001B3L;
    }
    return h;
  }

  /** SplitMix64. */
  private static long mix(long state) {
    long z = state + GOLDEN;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  @Override
  public ByteBuffer bytes(String name) {
    TensorInfo info = find(name).orElseThrow(() -> new NoSuchElementException(name));
    ByteBuffer made =
        ByteBuffer.allocate(Math.toIntExact(info.byteSize())).order(ByteOrder.LITTLE_ENDIAN);
    read(name, made);
    return made.flip().asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}
