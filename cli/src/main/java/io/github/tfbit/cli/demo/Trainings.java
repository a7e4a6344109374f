package io.github.tfbit.cli.demo;

import io.github.tfbit.FineTuning;
import io.github.tfbit.HyperRule;
import io.github.tfbit.Run;
import io.github.tfbit.TrainingListener;
import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.cli.command.Session;
import io.github.tfbit.cli.console.Progress;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.data.ImageDataset;
import io.github.tfbit.evaluate.Evaluation;
import io.github.tfbit.graph.SessionOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Fine-tunes as the demo does it and keeps the held-out accuracies. */
final class Trainings {
  private final Session session;
  private final SessionOptions options;
  private final Architecture architecture;
  private final HyperRule rule;
  private final ImageDataset heldOut;
  private final int evaluateEvery;

  Trainings(
      Session session,
      SessionOptions options,
      Architecture architecture,
      HyperRule rule,
      ImageDataset heldOut,
      int evaluateEvery) {
    this.session = session;
    this.options = options;
    this.architecture = architecture;
    this.rule = rule;
    this.heldOut = heldOut;
    this.evaluateEvery = evaluateEvery;
  }

  /**
   * One training and what was measured on the way.
   *
   * @param run its directory
   * @param accuracies one per evaluation; the first is a zero head's, which is chance
   */
  record Trained(Run run, List<Double> accuracies) {}

  /** The steps at which {@link #train} measures. */
  List<Integer> steps() {
    List<Integer> steps = new ArrayList<>();
    for (int step = 0; step < rule.steps(); step += evaluateEvery) {
      steps.add(step);
    }
    steps.add(rule.steps());
    return steps;
  }

  Trained train(String name, Checkpoint upstream, ImageDataset pictures, long seed, Path run)
      throws IOException {
    List<Double> accuracies = new ArrayList<>();
    accuracies.add(1.0 / heldOut.classes().size());
    try (Progress progress = new Progress(session.console(), "steps", rule.steps())) {
      FineTuning job =
          FineTuning.from(upstream, pictures)
              .architecture(architecture)
              .hyperRule(rule)
              .validation(heldOut)
              .evaluateEvery(evaluateEvery)
              .session(options)
              .seed(seed)
              .run(run)
              .command("tfbit demo")
              .listener(new Listener(progress, accuracies))
              .build();
      session.interrupts().onInterrupt(job::cancel);
      Run trained = job.call();
      session
          .console()
          .say(
              String.format(
                  Locale.ROOT,
                  "%-24s %s on held-out pictures",
                  name,
                  DemoTable.percent(accuracies.get(accuracies.size() - 1))));
      return new Trained(trained, accuracies);
    }
  }

  private static final class Listener implements TrainingListener {
    private final Progress progress;
    private final List<Double> accuracies;

    Listener(Progress progress, List<Double> accuracies) {
      this.progress = progress;
      this.accuracies = accuracies;
    }

    @Override
    public void stepped(Step step) {
      progress.report(step.step(), String.format(Locale.ROOT, "loss %.3f", step.loss()));
    }

    @Override
    public void evaluated(int step, Evaluation evaluation) {
      accuracies.add(evaluation.top1());
    }
  }
}
