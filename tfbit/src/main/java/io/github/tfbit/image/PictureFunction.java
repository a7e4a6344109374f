package io.github.tfbit.image;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * An augmentation of one's own, after resizing, crop and flip, of training pictures only. Chance
 * must be a function of the seed (stateless random ops), or a resumed run ends in other weights.
 */
@FunctionalInterface
public interface PictureFunction {
  /** Changes nothing. */
  PictureFunction NONE = (tf, picture, seed) -> picture;

  /**
   * Adds the augmentation to a graph on the CPU. Other picture-wide chance uses the seed itself
   * (three uniform numbers, for crop and flip): derive another from it, by adding a constant.
   *
   * @param tf where the ops go
   * @param picture {@code [crop, crop, 3]} in [-1, 1]
   * @param seed {@code [2]}: the run's seed, and how many pictures the run saw before
   * @return the same shape
   */
  Operand<TFloat32> apply(Ops tf, Operand<TFloat32> picture, Operand<TInt64> seed);
}
