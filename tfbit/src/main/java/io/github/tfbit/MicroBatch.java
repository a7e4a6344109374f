package io.github.tfbit;

import io.github.tfbit.converters.Architecture;
import io.github.tfbit.data.ImageSize;

/**
 * How many pictures go through the network at a time. A fixed rule, never a measurement: the last
 * digits of a row depend on how many rows it is computed with, and two runs must give the same
 * bytes.
 */
final class MicroBatch {
  /** Values of the widest early activation that one batch may have: 8 pictures of R50x1 at 224. */
  private static final long VALUES = 8L * 224 * 224 * 64;

  /** Beyond that a batch gains nothing and delays the first answer. */
  private static final int MOST = 32;

  private MicroBatch() {}

  /**
   * Applies the rule.
   *
   * @param architecture wider networks take fewer pictures at a time
   * @param size larger pictures too
   * @return 1 to 32 pictures
   */
  static int of(Architecture architecture, ImageSize size) {
    long one = (long) size.height() * size.width() * architecture.rootChannels();
    return (int) Math.max(1, Math.min(MOST, VALUES / one));
  }

  /**
   * Applies the rule to pictures that several streams compute: none of them is to stand idle.
   *
   * @param architecture wider networks take fewer pictures at a time
   * @param size larger pictures too
   * @param pictures how many there are
   * @param streams that compute
   * @return 1 to 32 pictures
   */
  static int of(Architecture architecture, ImageSize size, int pictures, int streams) {
    int each = (pictures + streams - 1) / streams;
    return Math.max(1, Math.min(of(architecture, size), each));
  }
}
