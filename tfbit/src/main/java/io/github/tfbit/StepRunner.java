package io.github.tfbit;

import io.github.tfbit.train.MicroBatch;
import io.github.tfbit.train.MicroBatches;
import io.github.tfbit.train.TrainingGraph;
import java.io.IOException;
import java.util.Optional;

/** Makes steps, each in as many parts as its batch is cut into. */
record StepRunner(TrainingGraph graph, int batch, int microBatch) {
  /** Knows when a step waits for pictures, and may end it. */
  interface Watcher {
    /** Watches nothing. */
    Watcher NONE =
        new Watcher() {
          @Override
          public void waits() {}

          @Override
          public void has() {}
        };

    /** Before the next part is asked for; throws to end the step. */
    void waits();

    /** The part is there. */
    void has();
  }

  /**
   * One step.
   *
   * @param parts to take it from
   * @param rate of learning
   * @param watcher of its parts
   * @return the loss before the update, mean over the step's pictures
   */
  double step(MicroBatches parts, float rate, Watcher watcher)
      throws IOException, InterruptedException {
    float scale = 1f / batch;
    double loss = 0;
    while (true) {
      watcher.waits();
      Optional<MicroBatch> next = parts.next();
      watcher.has();
      try (MicroBatch part = next.orElseThrow()) {
        if (microBatch == batch) {
          return graph.step(part.inputs(), part.labels(), scale, rate);
        }
        loss += graph.accumulate(part.inputs(), part.labels(), scale);
        if (part.last()) {
          graph.apply(rate);
          return loss;
        }
      }
    }
  }
}
