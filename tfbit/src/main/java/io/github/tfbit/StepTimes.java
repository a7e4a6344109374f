package io.github.tfbit;

import io.github.tfbit.data.ImageDataset;
import io.github.tfbit.train.MicroBatch;
import io.github.tfbit.train.MicroBatches;
import io.github.tfbit.train.TrainingGraph;
import java.io.IOException;
import java.util.Optional;

/**
 * What a run's steps are made of, in seconds, as measured.
 *
 * @param part of a step: pictures decoded beside it, forward, backward
 * @param update of the weights, where the parts do not do that themselves
 * @param first use of the network to learn and to judge, beyond what later ones take
 * @param judged a held-out picture, forward only
 * @param decoded a picture, while nothing learns
 */
record StepTimes(double part, double update, double first, double judged, double decoded) {
  private static final double SECONDS = 6;
  private static final int FEWEST = 3;
  private static final double SECONDS_OF_PICTURES = 1.5;

  /** Pictures that were decoded while nothing learned are used up by then. */
  private static final double SECONDS_OF_LEFTOVERS = 3;

  private static final double SECONDS_OF_JUDGING = 3;

  /** An order of pictures that does not end before the measurement. */
  private static final int ENOUGH = 100_000;

  /** A step in so many parts. */
  double step(int parts) {
    return parts * part + (parts > 1 ? update : 0);
  }

  /** Measures with a network whose weights do not matter afterwards. */
  static StepTimes measure(TrainingJob job, Plan plan, TrainingGraph graph)
      throws IOException, InterruptedException {
    RunInputs inputs = job.inputs();
    int micro = plan.microBatch();
    boolean split = micro < plan.batch();
    double length = job.settings().measuring;
    RunInputs.Extent extent = new RunInputs.Extent(plan.batch(), micro, ENOUGH);
    try (MicroBatches pictures = inputs.train(job.settings().train, extent, 0)) {
      double decoded =
          Stopwatch.mean(length * SECONDS_OF_PICTURES, 1, job, () -> next(pictures).close());
      Stopwatch.Task one = () -> learn(graph, next(pictures), plan);
      double first = Stopwatch.mean(0, 1, job, one);
      Stopwatch.mean(length * SECONDS_OF_LEFTOVERS, 1, job, one);
      double part = Stopwatch.mean(length * SECONDS, FEWEST, job, one);
      double update = split ? Stopwatch.mean(0, 2, job, () -> graph.apply(0)) : 0;
      Judging judging = judge(job, inputs, micro, graph);
      double start = Math.max(0, first - part) + judging.first();
      return new StepTimes(part, update, start, judging.picture(), decoded / micro);
    }
  }

  private static MicroBatch next(MicroBatches pictures) throws IOException, InterruptedException {
    return pictures.next().orElseThrow();
  }

  /** Takes the pictures over. The rate is 0: time is all that comes of it. */
  private static void learn(TrainingGraph graph, MicroBatch pictures, Plan plan) {
    try (pictures) {
      float scale = 1f / plan.batch();
      if (plan.microBatch() == plan.batch()) {
        graph.step(pictures.inputs(), pictures.labels(), scale, 0);
      } else {
        graph.accumulate(pictures.inputs(), pictures.labels(), scale);
      }
    }
  }

  /** Seconds of the first use of the network to judge, and of a picture after that. */
  private record Judging(double first, double picture) {}

  private static Judging judge(TrainingJob job, RunInputs inputs, int micro, TrainingGraph graph)
      throws IOException, InterruptedException {
    Optional<ImageDataset> heldOut = job.heldOut();
    if (heldOut.isEmpty()) {
      return new Judging(0, 0);
    }
    double enough = job.settings().measuring * SECONDS_OF_JUDGING;
    double first = -1;
    double seconds = 0;
    long judged = 0;
    while (seconds < enough || judged == 0) {
      long start = System.nanoTime();
      try (MicroBatches pictures = inputs.once(heldOut.get(), micro)) {
        Optional<MicroBatch> next = pictures.next();
        while (next.isPresent() && (judged == 0 || seconds + Stopwatch.since(start) < enough)) {
          job.checkCancelled();
          try (MicroBatch batch = next.get()) {
            judged += graph.logits(batch.inputs()).length;
          }
          if (first < 0) {
            first = Stopwatch.since(start);
            judged = 0;
            start = System.nanoTime();
          }
          next = pictures.next();
        }
        next.ifPresent(MicroBatch::close);
      }
      seconds += Stopwatch.since(start);
    }
    return new Judging(first, seconds / judged);
  }
}
