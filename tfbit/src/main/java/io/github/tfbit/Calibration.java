package io.github.tfbit;

import io.github.tfbit.checkpoints.TensorInfo;
import io.github.tfbit.data.ImageDataset;
import io.github.tfbit.plan.TimeEstimate;
import io.github.tfbit.train.TrainingGraph;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Says how long runs take on this machine, from measurements of their parts with the run's own
 * pictures, a few seconds each. Nothing is written. For one thread.
 */
final class Calibration implements AutoCloseable {
  /** Weights are summed up, written, and read again: seen on a local disk. */
  private static final double WEIGHT_BYTES_A_SECOND = 60e6;

  /** Settings, events, report. */
  private static final double SECONDS_AT_THE_END = 1;

  private final Map<Sizes, StepTimes> learning = new HashMap<>();
  private final Map<Integer, FeatureTimes> describing = new HashMap<>();
  private Optional<TrainingGraph> whole = Optional.empty();
  private double opening;

  /** What decides how long a part of a step takes. */
  private record Sizes(int resize, int crop, int batch, int microBatch) {
    static Sizes of(Plan plan) {
      return new Sizes(
          plan.augmentation().resize(),
          plan.augmentation().crop(),
          plan.batch(),
          plan.microBatch());
    }
  }

  /** How long a run takes. */
  TimeEstimate time(TrainingJob job, Plan plan) throws IOException {
    try {
      return job.cut().isEmpty() ? learning(job, plan) : behindFrozen(job, plan);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      job.checkCancelled();
      throw new IllegalStateException(e);
    }
  }

  private TimeEstimate learning(TrainingJob job, Plan plan)
      throws IOException, InterruptedException {
    TrainingGraph graph = whole(job);
    StepTimes t = learning.get(Sizes.of(plan));
    if (t == null) {
      t = StepTimes.measure(job, plan, graph);
      learning.put(Sizes.of(plan), t);
    }
    int heldOut = job.heldOut().map(ImageDataset::size).orElse(0);
    double steps = plan.steps() * t.step(plan.batch() / plan.microBatch());
    double evaluations = evaluations(job, plan) * heldOut * t.judged();
    return new TimeEstimate(
        opening + t.first(),
        job.settings().checked ? 0 : PlainPictures.count(job) * t.decoded(),
        steps,
        evaluations,
        writing(job, plan, steps + evaluations));
  }

  private static long evaluations(TrainingJob job, Plan plan) {
    int every = job.settings().evaluateEvery;
    return every == 0 ? 1 : (plan.steps() + every - 1L) / every;
  }

  /** The state is saved by the clock and when it is the best so far; then the weights alone. */
  private static double writing(TrainingJob job, Plan plan, double seconds) {
    double weights = bytes(job) / WEIGHT_BYTES_A_SECOND;
    int every = job.settings().saveEvery;
    double saved =
        every > 0
            ? Math.floor((double) plan.steps() / every)
            : Math.floor(seconds / Math.max(1, job.settings().saveInterval.toMillis() / 1e3));
    return SECONDS_AT_THE_END + weights + 2 * weights * saved;
  }

  private static long bytes(TrainingJob job) {
    return job.architecture().tensors(job.classes()).stream().mapToLong(TensorInfo::byteSize).sum();
  }

  /** Features of all pictures, then steps on features. */
  private TimeEstimate behindFrozen(TrainingJob job, Plan plan)
      throws IOException, InterruptedException {
    int side = plan.augmentation().crop();
    FrozenPart frozen = job.frozen();
    int missing = 0;
    for (ImageDataset part : RunWriter.parts(job).values()) {
      missing += frozen.isCached(job.settings().featureCache(), part) ? 0 : part.size();
    }
    FeatureTimes features = describing.get(side);
    if (missing > 0 && features == null) {
      features = FeatureTimes.measure(job, frozen);
      describing.put(side, features);
    }
    double before = missing == 0 ? 0 : features.start() + missing * features.picture();
    long start = System.nanoTime();
    try (TrainingGraph graph = job.graph()) {
      job.load(graph);
      double opened = Stopwatch.since(start);
      double step = FeatureTimes.step(job, plan, graph, frozen.shape());
      double steps = plan.steps() * step;
      return new TimeEstimate(opened, before, steps, 0, writing(job, plan, steps));
    }
  }

  /** The network with all of it learning; its graph takes pictures of any size. */
  private TrainingGraph whole(TrainingJob job) throws IOException {
    if (whole.isEmpty()) {
      long start = System.nanoTime();
      Provenance.of(job);
      whole = Optional.of(job.graph());
      job.load(whole.get());
      opening = Stopwatch.since(start);
    }
    return whole.get();
  }

  @Override
  public void close() {
    whole.ifPresent(TrainingGraph::close);
  }
}
