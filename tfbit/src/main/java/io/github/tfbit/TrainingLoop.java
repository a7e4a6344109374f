package io.github.tfbit;

import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.evaluate.Evaluation;
import io.github.tfbit.train.InputPipeline;
import io.github.tfbit.train.MicroBatch;
import io.github.tfbit.train.TrainingGraph;
import java.io.IOException;
import java.util.Optional;

/** The steps of a run. For one thread. */
final class TrainingLoop {
  private final TrainingJob job;
  private final TrainingGraph graph;
  private final Plan plan;
  private final RunWriter writer;
  private final Pace pace = new Pace();

  TrainingLoop(TrainingJob job, TrainingGraph graph, Plan plan, RunWriter writer) {
    this.job = job;
    this.graph = graph;
    this.plan = plan;
    this.writer = writer;
  }

  void run(InputPipeline pictures) throws IOException, InterruptedException {
    pace.start();
    int every = job.settings().evaluateEvery;
    for (int step = 0; step < plan.steps(); step++) {
      double rate = job.recipe().schedule().rate(step);
      double loss = step(pictures, (float) rate);
      requireFinite(loss, step);
      pace.done(plan.batch());
      TrainingListener.Step done =
          new TrainingListener.Step(
              step + 1, plan.steps(), loss, rate, pace.imagesPerSecond(), pace.waitShare());
      writer.step(done);
      job.settings().listener.stepped(done);
      boolean due = every > 0 && (step + 1) % every == 0;
      if (due || step + 1 == plan.steps()) {
        evaluate(step + 1);
      }
      job.checkCancelled();
    }
  }

  /** One step, in as many parts as its batch is cut into. */
  private double step(InputPipeline pictures, float rate) throws IOException, InterruptedException {
    float scale = 1f / plan.batch();
    double loss = 0;
    while (true) {
      job.checkCancelled();
      pace.waits();
      Optional<MicroBatch> next = pictures.next();
      pace.has();
      try (MicroBatch part = next.orElseThrow()) {
        if (plan.microBatch() == plan.batch()) {
          return graph.step(part.images(), part.labels(), scale, rate);
        }
        loss += graph.accumulate(part.images(), part.labels(), scale);
        if (part.last()) {
          graph.apply(rate);
          return loss;
        }
      }
    }
  }

  private void requireFinite(double loss, int step) throws TrainingException {
    if (!Double.isFinite(loss)) {
      throw new TrainingException(
          new Problem(
              "a finite loss",
              String.valueOf(loss),
              job.settings().directory() + ", step " + (step + 1),
              "lower the learning rate; weights that overflow cannot recover"));
    }
  }

  private void evaluate(int step) throws IOException, InterruptedException {
    Optional<PlainPictures> heldOut = PlainPictures.heldOut(job, plan);
    if (heldOut.isEmpty()) {
      return;
    }
    Evaluation evaluation = heldOut.get().evaluate(graph);
    writer.evaluation(step, evaluation);
    job.settings().listener.evaluated(step, evaluation);
    pace.start();
  }
}
