package io.github.tfbit;

import io.github.tfbit.data.ImageDataset;
import io.github.tfbit.evaluate.Evaluation;
import io.github.tfbit.image.Augmentation;
import io.github.tfbit.image.BatchDecoder;
import io.github.tfbit.train.InputPipeline;
import io.github.tfbit.train.MicroBatch;
import io.github.tfbit.train.PictureOrder;
import io.github.tfbit.train.TrainingGraph;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/** A run's pictures, seen once each and without augmentation. */
final class PlainPictures {
  /** Training sets up to this size are decoded once before the first step: seconds of work. */
  private static final int CHECKED = 2_000;

  private final TrainingJob job;
  private final Plan plan;
  private final ImageDataset data;

  private PlainPictures(TrainingJob job, Plan plan, ImageDataset data) {
    this.job = job;
    this.plan = plan;
    this.data = data;
  }

  /** The pictures to learn from; empty if there are too many to look at all before starting. */
  static Optional<PlainPictures> train(TrainingJob job, Plan plan) {
    ImageDataset data = job.settings().train;
    return data.size() > CHECKED
        ? Optional.empty()
        : Optional.of(new PlainPictures(job, plan, data));
  }

  /** The held-out pictures; empty if there are none. */
  static Optional<PlainPictures> heldOut(TrainingJob job, Plan plan) {
    return job.settings()
        .validation
        .filter(d -> d.size() > 0)
        .map(data -> new PlainPictures(job, plan, data));
  }

  /**
   * Decodes every picture, for what an evaluation costs without the network: a bad one is refused
   * before the first step and not after the last.
   */
  void check() throws IOException, InterruptedException {
    forEach(batch -> {});
  }

  Evaluation evaluate(TrainingGraph graph) throws IOException, InterruptedException {
    Evaluation.Counter counter = Evaluation.counter(job.classes(), job.settings().loss);
    forEach(batch -> count(graph, batch, counter));
    return counter.result();
  }

  private void forEach(Consumer<MicroBatch> use) throws IOException, InterruptedException {
    int threads = job.settings().session.threads();
    InputPipeline.Cut once =
        new InputPipeline.Cut(
            new PictureOrder.Once(data.size(), plan.microBatch()),
            plan.microBatch(),
            Optional.empty());
    Augmentation none = Augmentation.none(plan.augmentation().crop());
    try (BatchDecoder decoder =
            BatchDecoder.open(job.settings().decoding, none, job.settings().seed, threads);
        InputPipeline pictures =
            InputPipeline.start(data, decoder, job.settings().loss, once, 0, threads)) {
      for (Optional<MicroBatch> next = pictures.next(); next.isPresent(); next = pictures.next()) {
        try (MicroBatch batch = next.get()) {
          job.checkCancelled();
          use.accept(batch);
        }
      }
    }
  }

  private static void count(TrainingGraph graph, MicroBatch batch, Evaluation.Counter counter) {
    float[][] logits = graph.logits(batch.images());
    for (int i = 0; i < logits.length; i++) {
      counter.add(logits[i], batch.classes().get(i));
    }
  }
}
