package io.github.tfbit;

import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.data.ImageDataset;
import io.github.tfbit.evaluate.Evaluation;
import io.github.tfbit.train.MicroBatches;
import io.github.tfbit.train.TrainingGraph;
import java.io.IOException;
import java.util.Optional;

/** The steps of a run. For one thread. */
final class TrainingLoop {
  private final TrainingJob job;
  private final TrainingGraph graph;
  private final Plan plan;
  private final RunInputs inputs;
  private final RunWriter writer;
  private final StepRunner steps;
  private final SavePolicy policy;
  private final Pace pace = new Pace();
  private final StepRunner.Watcher waiting =
      new StepRunner.Watcher() {
        @Override
        public void waits() {
          job.checkPatience();
          pace.waits();
        }

        @Override
        public void has() {
          pace.has();
        }
      };
  private int done;
  private int saved;
  private double best;
  private Optional<HeldOut.Judged> found = Optional.empty();

  TrainingLoop(
      TrainingJob job,
      TrainingGraph graph,
      Plan plan,
      RunInputs inputs,
      Resumption.Point from,
      double best) {
    this.job = job;
    this.graph = graph;
    this.plan = plan;
    this.inputs = inputs;
    this.writer = from.writer();
    this.steps = new StepRunner(graph, plan.batch(), plan.microBatch());
    this.policy = new SavePolicy(job.settings().saveEvery, job.settings().saveInterval);
    this.done = from.progress().step();
    this.saved = this.done;
    this.best = best;
  }

  /**
   * Steps until the end.
   *
   * @param pictures from the first step that is not done yet
   * @param judged whether the held-out pictures were judged after the last step that is done
   */
  void run(MicroBatches pictures, boolean judged) throws IOException, InterruptedException {
    pace.start();
    if (done > 0 && !judged) {
      evaluateIfDue();
    }
    while (done < plan.steps()) {
      double rate = job.recipe().schedule().rate(done);
      double loss = steps.step(pictures, (float) rate, waiting);
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
    if (found.isEmpty()) {
      judge(); // was done before the run stopped, but is not known any more
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
    Optional<HeldOut.Judged> latest = judge();
    if (latest.isEmpty()) {
      return;
    }
    Evaluation evaluation = latest.get().evaluation();
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

  private Optional<HeldOut.Judged> judge() throws IOException, InterruptedException {
    Optional<ImageDataset> heldOut = job.heldOut();
    if (heldOut.isPresent()) {
      try (MicroBatches pictures = inputs.once(heldOut.get(), plan.microBatch())) {
        found =
            Optional.of(
                HeldOut.evaluate(
                    graph, pictures, job.classes(), job.settings().loss, job::checkCancelled));
      }
    }
    return found;
  }

  /** What the last evaluation came to; empty if nothing is held out. */
  Optional<HeldOut.Judged> judged() {
    return found;
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
