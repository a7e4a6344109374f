package io.github.tfbit;

import io.github.tfbit.data.ImageDataset;
import io.github.tfbit.data.ImageDatasets;
import io.github.tfbit.graph.Endpoint;
import io.github.tfbit.train.TrainingGraph;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * What the features of pictures take, in seconds, as measured.
 *
 * @param start until the first picture: building the network and its first use
 * @param picture each one
 */
record FeatureTimes(double start, double picture) {
  private static final double SECONDS = 4;
  private static final int FEWEST = 3;
  private static final double SECONDS_OF_STEPS = 2;

  static FeatureTimes measure(TrainingJob job, FrozenPart frozen)
      throws IOException, InterruptedException {
    ImageDataset data = job.settings().train;
    double length = job.settings().measuring;
    long start = System.nanoTime();
    try (BitModel model = frozen.open()) {
      describe(model, data, model.microBatch(), job);
      double opened = Stopwatch.since(start);
      int pictures = Math.min(data.size(), FEWEST * model.microBatch());
      double each =
          Stopwatch.mean(length * SECONDS, 1, job, () -> describe(model, data, pictures, job))
              / pictures;
      return new FeatureTimes(opened, each);
    }
  }

  private static void describe(BitModel model, ImageDataset data, int count, TrainingJob job)
      throws IOException {
    int[] some = IntStream.range(0, Math.min(count, data.size())).toArray();
    Endpoint at = job.cut().orElseThrow();
    model.rows(
        ImageDatasets.subset(data, some),
        0,
        at,
        (from, failures, rows) -> {
          FeatureRows.requireAll(failures);
          job.checkCancelled();
        });
  }

  /** Seconds of a step on features. */
  static double step(TrainingJob job, Plan plan, TrainingGraph graph, List<Integer> shape)
      throws IOException, InterruptedException {
    long[] dimensions = new long[shape.size() + 1];
    dimensions[0] = plan.microBatch();
    for (int i = 0; i < shape.size(); i++) {
      dimensions[i + 1] = shape.get(i);
    }
    try (TFloat32 features = TFloat32.tensorOf(Shape.of(dimensions));
        TFloat32 labels = TFloat32.tensorOf(Shape.of(plan.microBatch(), job.classes()))) {
      Stopwatch.Task part =
          () -> {
            if (plan.microBatch() == plan.batch()) {
              graph.step(features, labels, 1f / plan.batch(), 0);
            } else {
              graph.accumulate(features, labels, 1f / plan.batch());
            }
          };
      Stopwatch.mean(0, 1, job, part);
      double length = job.settings().measuring;
      int parts = plan.batch() / plan.microBatch();
      double update = parts > 1 ? Stopwatch.mean(0, 2, job, () -> graph.apply(0)) : 0;
      return parts * Stopwatch.mean(length * SECONDS_OF_STEPS, FEWEST, job, part) + update;
    }
  }
}
