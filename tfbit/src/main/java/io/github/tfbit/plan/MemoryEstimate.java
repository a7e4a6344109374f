package io.github.tfbit.plan;

import io.github.tfbit.checkpoints.TensorInfo;
import io.github.tfbit.converters.Architecture;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The most memory that a training's process holds at once. A fixed formula, fitted to the peak
 * resident sizes of 18 runs on a CPU, of the small network, R50x1, R101x1 and R50x3 at 32 to 384
 * pixels: none is off by more than 12 %. Longer runs hold a little more than short ones.
 *
 * @param weights variables, momentum, gradients, their sums if a step is cut into parts, and the
 *     copies that convolutions make of kernels
 * @param intermediates what the network computes on the way, for the pictures of one part
 * @param pictures decoded ahead of the step
 * @param runtime the JVM and TensorFlow, which keeps more for deeper networks
 */
public record MemoryEstimate(long weights, long intermediates, long pictures, long runtime) {
  private static final long RUNTIME = 570_000_000L;
  private static final long RUNTIME_OF_A_UNIT = 28_000_000L;
  private static final double COPIES_OF_WEIGHTS = 6.8;
  private static final double COPIES_FOR_SUMS = 2.75;
  private static final double COPIES_OF_FROZEN = 2;
  private static final double OF_INTERMEDIATES = 1.15;
  private static final double OF_INTERMEDIATES_FORWARD = 0.15;
  private static final Pattern BLOCK = Pattern.compile("/block(\\d)/");

  /** Parts that are decoded, being decoded or in the network. */
  private static final int PARTS_UNDER_WAY = 4;

  private static final int CHANNELS = 3;

  /**
   * Estimates.
   *
   * @param a the network
   * @param classes of its head
   * @param side of the square pictures that go into it
   * @param microBatch pictures at a time
   * @param split whether a step has several such parts
   * @return bytes
   */
  public static MemoryEstimate of(
      Architecture a, int classes, int side, int microBatch, boolean split) {
    long values = values(a, classes, name -> true);
    double copies = COPIES_OF_WEIGHTS + (split ? COPIES_FOR_SUMS : 0);
    long picture = (long) side * side * CHANNELS * Float.BYTES;
    return new MemoryEstimate(
        Math.round(copies * values * Float.BYTES),
        Math.round(OF_INTERMEDIATES * microBatch * Intermediates.bytesPerImage(a, side)),
        (long) PARTS_UNDER_WAY * microBatch * picture,
        runtime(a));
  }

  /**
   * A training behind a part of the network that stays as it is.
   *
   * @param after the last block that stays; 0 for the root block
   * @param described pictures at a time that go through the part that stays
   * @param microBatch pictures at a time that go through the part that learns
   * @param split whether a step has several such parts
   */
  public record Frozen(int after, int described, int microBatch, boolean split) {}

  /**
   * Estimates a training behind a part of the network that stays as it is; five runs are met within
   * 13 %.
   *
   * @param a the network
   * @param classes of its head
   * @param side of the square pictures that go into it
   * @param how what stays, and how many pictures go at a time
   * @return bytes
   */
  public static MemoryEstimate behindFrozen(Architecture a, int classes, int side, Frozen how) {
    long all = values(a, classes, name -> true);
    long learning = values(a, classes, name -> block(name) > how.after());
    double copies = COPIES_OF_WEIGHTS + (how.split() ? COPIES_FOR_SUMS : 0);
    double learns = OF_INTERMEDIATES * how.microBatch();
    return new MemoryEstimate(
        Math.round((COPIES_OF_FROZEN * all + copies * learning) * Float.BYTES),
        Math.round(
            Math.max(
                OF_INTERMEDIATES_FORWARD * how.described() * Intermediates.bytesPerImage(a, side),
                learns * Intermediates.bytesPerImageAfter(a, side, how.after()))),
        0,
        runtime(a));
  }

  private static long values(Architecture a, int classes, Predicate<String> which) {
    return a.tensors(classes).stream()
        .filter(t -> which.test(t.name()))
        .mapToLong(TensorInfo::elements)
        .sum();
  }

  /** The block that a tensor is in; the root block is 0, what follows the blocks beyond all. */
  private static int block(String name) {
    Matcher m = BLOCK.matcher(name);
    if (m.find()) {
      return Integer.parseInt(m.group(1));
    }
    return name.contains("root_block") ? 0 : Integer.MAX_VALUE;
  }

  private static long runtime(Architecture a) {
    return RUNTIME + RUNTIME_OF_A_UNIT * a.units().stream().mapToInt(Integer::intValue).sum();
  }

  /**
   * The whole process.
   *
   * @return bytes
   */
  public long total() {
    return weights + intermediates + pictures + runtime;
  }
}
