package io.github.tfbit;

import io.github.tfbit.image.Augmentation;

/**
 * How to train: what fine-tuning and pre-training differ in.
 *
 * @param schedule learning rate by step
 * @param batch pictures a step
 * @param augmentation of training pictures
 * @param mixUpAlpha 0 for none
 * @param weightDecay times each kernel is added to its gradient
 */
record Recipe(
    StepSchedule schedule,
    int batch,
    Augmentation augmentation,
    double mixUpAlpha,
    double weightDecay) {
  Recipe {
    if (batch < 1) {
      throw new IllegalArgumentException("expected a batch of at least 1, found " + batch);
    }
    if (!(weightDecay >= 0)) {
      throw new IllegalArgumentException("expected no negative decay, found " + weightDecay);
    }
  }
}
