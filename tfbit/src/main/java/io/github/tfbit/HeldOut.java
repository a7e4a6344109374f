package io.github.tfbit;

import io.github.tfbit.converters.Activation;
import io.github.tfbit.evaluate.Evaluation;
import io.github.tfbit.train.MicroBatch;
import io.github.tfbit.train.MicroBatches;
import io.github.tfbit.train.TrainingGraph;
import java.io.IOException;
import java.util.Optional;

/** Judges a network in training by pictures that are seen once each. */
final class HeldOut {
  private HeldOut() {}

  /**
   * Judges.
   *
   * @param graph as it is now
   * @param pictures once each; the caller closes them
   * @param classes of the head
   * @param activation of the head
   * @param beforeEach run before each micro-batch; throws to end it
   */
  static Evaluation evaluate(
      TrainingGraph graph,
      MicroBatches pictures,
      int classes,
      Activation activation,
      Runnable beforeEach)
      throws IOException, InterruptedException {
    Evaluation.Counter counter = Evaluation.counter(classes, activation);
    for (Optional<MicroBatch> next = pictures.next(); next.isPresent(); next = pictures.next()) {
      try (MicroBatch batch = next.get()) {
        beforeEach.run();
        float[][] logits = graph.logits(batch.inputs());
        for (int i = 0; i < logits.length; i++) {
          counter.add(logits[i], batch.classes().get(i));
        }
      }
    }
    return counter.result();
  }
}
