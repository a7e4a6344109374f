package io.github.tfbit;

import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.plan.Intermediates;

/**
 * How many pictures go through the network at a time: a function of architecture, crop and batch,
 * never of timing or of the machine, so that two runs compute the same.
 *
 * <p>The rule: the largest divisor of the batch whose {@link Intermediates} are {@value #TARGET}
 * bytes or less.
 */
final class MicroBatchRule {
  /** Bytes of intermediates to stay below: R50x1 at 128 px takes about 60 pictures then. */
  static final long TARGET = 2_500_000_000L;

  private MicroBatchRule() {}

  /** Pictures at a time. */
  static int choose(Architecture a, int side, int batch) {
    long each = Intermediates.bytesPerImage(a, side);
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
