package io.github.tfbit;

import io.github.tfbit.converters.Activation;
import io.github.tfbit.evaluate.Answer;
import io.github.tfbit.evaluate.Evaluation;
import io.github.tfbit.evaluate.Mistake;
import io.github.tfbit.evaluate.WorstMistakes;
import io.github.tfbit.train.MicroBatch;
import io.github.tfbit.train.MicroBatches;
import io.github.tfbit.train.TrainingGraph;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Judges a network in training by pictures that are seen once each. */
final class HeldOut {
  private HeldOut() {}

  /** What judging came to, and the pictures that were answered worst. */
  record Judged(Evaluation evaluation, List<Mistake> worst) {}

  /**
   * Judges.
   *
   * @param graph as it is now
   * @param pictures once each; the caller closes them
   * @param classes of the head
   * @param activation of the head
   * @param beforeEach run before each micro-batch; throws to end it
   * @return figures, and what was worst
   */
  static Judged evaluate(
      TrainingGraph graph,
      MicroBatches pictures,
      int classes,
      Activation activation,
      Runnable beforeEach)
      throws IOException, InterruptedException {
    Evaluation.Counter counter = Evaluation.counter(classes, activation);
    WorstMistakes worst = new WorstMistakes(activation, HtmlReport.MISTAKES);
    int picture = 0;
    for (Optional<MicroBatch> next = pictures.next(); next.isPresent(); next = pictures.next()) {
      try (MicroBatch batch = next.get()) {
        beforeEach.run();
        float[][] logits = graph.logits(batch.inputs());
        for (int i = 0; i < logits.length; i++) {
          int[] labels = batch.classes().get(i);
          counter.add(logits[i], labels);
          worst.accept(new Answer(picture++, "", labels, logits[i]));
        }
      }
    }
    return new Judged(counter.result(), worst.list());
  }
}
