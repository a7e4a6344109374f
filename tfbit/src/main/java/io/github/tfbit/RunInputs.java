package io.github.tfbit;

import io.github.tfbit.converters.Activation;
import io.github.tfbit.data.ImageDataset;
import io.github.tfbit.image.Augmentation;
import io.github.tfbit.image.Decoding;
import io.github.tfbit.train.InputPipeline;
import io.github.tfbit.train.MicroBatches;
import io.github.tfbit.train.MixUp;
import io.github.tfbit.train.PictureOrder;
import java.io.IOException;
import java.util.Optional;

/**
 * What a training graph is fed with: pictures, or what the part of the network that does not learn
 * makes of them.
 */
interface RunInputs {
  /**
   * How training pictures come.
   *
   * @param augmentation of pictures
   * @param mixUpAlpha 0 for none
   * @param decoding what a file's pixels are taken to be
   * @param loss softmax needs one label a picture
   * @param seed of everything random
   * @param threads 0 for all cores
   */
  record Settings(
      Augmentation augmentation,
      double mixUpAlpha,
      Decoding decoding,
      Activation loss,
      long seed,
      int threads) {
    /** As a job says. */
    static Settings of(TrainingJob job) {
      return new Settings(
          job.recipe().augmentation(),
          job.recipe().mixUpAlpha(),
          job.settings().decoding,
          job.settings().loss,
          job.settings().seed,
          job.settings().session.threads());
    }
  }

  /**
   * The order of a training and its parts.
   *
   * @param batch pictures a step
   * @param microBatch pictures at a time
   * @param steps of the whole run
   */
  record Extent(int batch, int microBatch, int steps) {}

  /**
   * Starts on the training pictures.
   *
   * @param data the pictures
   * @param extent of the run
   * @param firstStep to begin at
   * @return running; to be closed
   */
  MicroBatches train(ImageDataset data, Extent extent, int firstStep) throws IOException;

  /**
   * Starts on pictures that are seen once each, in their order, without augmentation.
   *
   * @param data the pictures
   * @param microBatch pictures at a time
   * @return running; to be closed
   */
  MicroBatches once(ImageDataset data, int microBatch) throws IOException;

  /** The order of training pictures, a function of the seed. */
  static InputPipeline.Cut cut(Settings s, ImageDataset data, Extent e) {
    PictureOrder order = new PictureOrder.Shuffled(data.size(), e.batch(), e.steps(), s.seed());
    Optional<MixUp> mixUp =
        s.mixUpAlpha() == 0 ? Optional.empty() : Optional.of(new MixUp(s.mixUpAlpha(), s.seed()));
    return new InputPipeline.Cut(order, e.microBatch(), mixUp);
  }

  /** Every picture once. */
  static InputPipeline.Cut onceEach(ImageDataset data, int microBatch) {
    return new InputPipeline.Cut(
        new PictureOrder.Once(data.size(), microBatch), microBatch, Optional.empty());
  }
}
