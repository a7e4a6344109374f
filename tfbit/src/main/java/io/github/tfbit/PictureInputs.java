package io.github.tfbit;

import io.github.tfbit.data.ImageDataset;
import io.github.tfbit.image.Augmentation;
import io.github.tfbit.image.BatchDecoder;
import io.github.tfbit.image.PictureFunction;
import io.github.tfbit.train.InputPipeline;
import io.github.tfbit.train.MicroBatch;
import io.github.tfbit.train.MicroBatches;
import java.io.IOException;
import java.util.Optional;

/** Pictures, decoded and augmented ahead of the step. */
record PictureInputs(RunInputs.Settings settings, PictureFunction then) implements RunInputs {
  /** Without an augmentation of the user's own. */
  PictureInputs(RunInputs.Settings settings) {
    this(settings, PictureFunction.NONE);
  }

  @Override
  public MicroBatches train(ImageDataset data, Extent extent, int firstStep) {
    InputPipeline.Cut cut = RunInputs.cut(settings, data, extent);
    return open(data, decoder(settings.augmentation(), then), cut, firstStep);
  }

  @Override
  public MicroBatches once(ImageDataset data, int microBatch) {
    Augmentation none = Augmentation.none(settings.augmentation().crop());
    BatchDecoder decoder = decoder(none, PictureFunction.NONE);
    return open(data, decoder, RunInputs.onceEach(data, microBatch), 0);
  }

  private BatchDecoder decoder(Augmentation augmentation, PictureFunction function) {
    return BatchDecoder.open(
        settings.decoding(), augmentation, function, settings.seed(), settings.threads());
  }

  /** Takes the decoder over. */
  private MicroBatches open(
      ImageDataset data, BatchDecoder decoder, InputPipeline.Cut cut, int firstStep) {
    int threads = settings.threads();
    try {
      InputPipeline pipeline =
          InputPipeline.start(data, decoder, settings.loss(), cut, firstStep, threads);
      return new Owning(decoder, pipeline);
    } catch (RuntimeException | Error e) {
      decoder.close();
      throw e;
    }
  }

  /** A pipeline with its decoder. */
  private record Owning(BatchDecoder decoder, InputPipeline pipeline) implements MicroBatches {
    @Override
    public Optional<MicroBatch> next() throws IOException, InterruptedException {
      return pipeline.next();
    }

    @Override
    public void close() {
      pipeline.close();
      decoder.close();
    }
  }
}
