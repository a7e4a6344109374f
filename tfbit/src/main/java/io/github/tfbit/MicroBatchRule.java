package io.github.tfbit;

import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.converters.Architecture;

/**
 * How many pictures go through the network at a time: a function of architecture, crop and batch,
 * never of timing or of the machine, so that two runs compute the same.
 *
 * <p>The rule: the largest divisor of the batch whose intermediates are estimated at {@value
 * #TARGET} bytes or less. The estimate counts the output of every convolution {@value #COPIES}
 * times in float32: itself, its normalised form, and a gradient.
 */
final class MicroBatchRule {
  /** Bytes of intermediates to stay below: R50x1 at 128 px takes about 60 pictures then. */
  static final long TARGET = 2_500_000_000L;

  /** Tensors held for each convolution's output. */
  static final int COPIES = 3;

  private MicroBatchRule() {}

  /** Bytes of intermediates for one picture of a square side. */
  static long bytesPerImage(Architecture a, int side) {
    long half = (side + 1L) / 2;
    long values = half * half * a.rootChannels();
    long at = (half + 1) / 2;
    for (int block = 1; block <= a.units().size(); block++) {
      long before = at * at;
      if (block > 1) {
        at = (at + 1) / 2;
      }
      long here = at * at;
      long mid = a.bottleneckChannels(block);
      long out = a.outputChannels(block);
      int units = a.units().get(block - 1);
      values += before * mid + here * (mid + 2 * out) + (units - 1) * here * (2 * mid + out);
    }
    return values * COPIES * Float.BYTES;
  }

  /** Pictures at a time. */
  static int choose(Architecture a, int side, int batch) {
    long each = bytesPerImage(a, side);
    for (int parts = 1; parts < batch; parts++) {
      if (batch % parts == 0 && batch / parts * each <= TARGET) {
        return batch / parts;
      }
    }
    return 1;
  }

  /** Pictures at a time where the user says into how many parts a batch is cut. */
  static int split(int batch, int parts) throws TrainingException {
    if (parts < 1 || batch % parts != 0) {
      throw new TrainingException(
          new Problem(
              "a split that divides the batch of " + batch,
              parts + " parts",
              "--batch-split",
              "choose 1, 2, 4 or another divisor of the batch"));
    }
    return batch / parts;
  }
}
