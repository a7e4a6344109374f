package io.github.tfbit.plan;

import io.github.tfbit.converters.Architecture;

/**
 * What a network's intermediates take while it learns. The estimate counts the output of every
 * convolution {@value #COPIES} times in float32: itself, its normalised form, and a gradient.
 */
public final class Intermediates {
  /** Tensors held for each convolution's output. */
  public static final int COPIES = 3;

  private Intermediates() {}

  /**
   * Bytes for one picture.
   *
   * @param a the network
   * @param side of a square picture, in pixels
   * @return bytes
   */
  public static long bytesPerImage(Architecture a, int side) {
    long half = (side + 1L) / 2;
    return half * half * a.rootChannels() * COPIES * Float.BYTES + bytesPerImageAfter(a, side, 0);
  }

  /**
   * Bytes for one picture, of the blocks after one of them.
   *
   * @param a the network
   * @param side of a square picture, in pixels
   * @param after the last block that is not counted; 0 for the root block
   * @return bytes
   */
  public static long bytesPerImageAfter(Architecture a, int side, int after) {
    long values = 0;
    long at = ((side + 1L) / 2 + 1) / 2;
    for (int block = 1; block <= a.units().size(); block++) {
      long before = at * at;
      if (block > 1) {
        at = (at + 1) / 2;
      }
      long here = at * at;
      long mid = a.bottleneckChannels(block);
      long out = a.outputChannels(block);
      int units = a.units().get(block - 1);
      if (block > after) {
        values += before * mid + here * (mid + 2 * out) + (units - 1) * here * (2 * mid + out);
      }
    }
    return values * COPIES * Float.BYTES;
  }
}
