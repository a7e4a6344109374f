package io.github.tfbit;

import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.evaluate.Evaluation;
import io.github.tfbit.state.Progress;
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
  private final SavePolicy policy;
  private final Pace pace = new Pace();
  private int done;
  private int saved;
  private double best;

  TrainingLoop(
      TrainingJob job,
      TrainingGraph graph,
      Plan plan,
      RunWriter writer,
      Progress from,
      double best) {
    this.job = job;
    this.graph = graph;
    this.plan = plan;
    this.writer = writer;
    this.policy = new SavePolicy(job.settings().saveEvery, job.settings().saveInterval);
    this.done = from.step();
    this.saved = from.step();
    this.best = best;
  }

  /**
   * Steps until the end.
   *
   * @param pictures from the first step that is not done yet
   * @param judged whether the held-out pictures were judged after the last step that is done
   */
  void run(InputPipeline pictures, boolean judged) throws IOException, InterruptedException {
    pace.start();
    if (done > 0 && !judged) {
      evaluateIfDue();
    }
    while (done < plan.steps()) {
      double rate = job.recipe().schedule().rate(done);
      double loss = step(pictures, (float) rate);
      requireFinite(loss, done);
      done++;
      pace.done(plan.batch());
      TrainingListener.Step report =
          new TrainingListener.Step(
              done, plan.steps(), loss, rate, pace.imagesPerSecond(), pace.waitShare());
      writer.step(report);
      job.settings().listener.stepped(report);
      evaluateIfDue();
      if (done < plan.steps() && policy.due(done)) {
        save();
      }
      job.checkCancelled();
    }
  }

  private void evaluateIfDue() throws IOException, InterruptedException {
    int every = job.settings().evaluateEvery;
    boolean last = done == plan.steps();
    if (last && done > saved && policy.worthwhile()) {
      save();
    }
    if (last || (every > 0 && done % every == 0)) {
      evaluate();
    }
  }

  /** One step, in as many parts as its batch is cut into. */
  private double step(InputPipeline pictures, float rate) throws IOException, InterruptedException {
    float scale = 1f / plan.batch();
    double loss = 0;
    while (true) {
      job.checkPatience();
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
      saved = done; // what led here is not worth keeping
      throw new TrainingException(
          new Problem(
              "a finite loss",
              String.valueOf(loss),
              job.settings().directory() + ", step " + (step + 1),
              "lower the learning rate, which was "
                  + job.recipe().schedule().rate(step)
                  + ", and start anew with --force; weights that overflow cannot recover"));
    }
  }

  private void evaluate() throws IOException, InterruptedException {
    Optional<PlainPictures> heldOut = PlainPictures.heldOut(job, plan);
    if (heldOut.isEmpty()) {
      return;
    }
    Evaluation evaluation = heldOut.get().evaluate(graph);
    writer.reports().evaluation(done, evaluation);
    job.settings().listener.evaluated(done, evaluation);
    if (evaluation.top1() > best) {
      best = evaluation.top1();
      if (done < plan.steps()) {
        save();
      }
    }
    pace.start();
  }

  /** Saves what was done since the last time, for a run that ends before its last step. */
  void saveIfNeeded() throws IOException {
    if (done > saved) {
      save();
    }
  }

  private void save() throws IOException {
    long start = System.nanoTime();
    // A thread that is interrupted cannot write: the channel would be closed under it.
    boolean interrupted = Thread.interrupted();
    try {
      var state = writer.save(graph, done);
      saved = done;
      policy.saved(System.nanoTime() - start);
      job.settings().listener.checkpointed(done, state.directory());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
