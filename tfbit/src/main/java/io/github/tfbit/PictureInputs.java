package io.github.tfbit;

import io.github.tfbit.data.ImageDataset;
import io.github.tfbit.image.Augmentation;
import io.github.tfbit.image.BatchDecoder;
import io.github.tfbit.train.InputPipeline;
import io.github.tfbit.train.MicroBatch;
import io.github.tfbit.train.MicroBatches;
import java.io.IOException;
import java.util.Optional;

/** Pictures, decoded and augmented ahead of the step. */
record PictureInputs(RunInputs.Settings settings) implements RunInputs {
  @Override
  public MicroBatches train(ImageDataset data, Extent extent, int firstStep) throws IOException {
    InputPipeline.Cut cut = RunInputs.cut(settings, data, extent);
    return open(data, settings.augmentation(), cut, firstStep);
  }

  @Override
  public MicroBatches once(ImageDataset data, int microBatch) throws IOException {
    Augmentation none = Augmentation.none(settings.augmentation().crop());
    return open(data, none, RunInputs.onceEach(data, microBatch), 0);
  }

  private MicroBatches open(
      ImageDataset data, Augmentation augmentation, InputPipeline.Cut cut, int firstStep)
      throws IOException {
    int threads = settings.threads();
    BatchDecoder decoder =
        BatchDecoder.open(settings.decoding(), augmentation, settings.seed(), threads);
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
