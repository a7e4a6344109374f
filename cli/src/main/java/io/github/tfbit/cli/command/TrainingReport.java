package io.github.tfbit.cli.command;

import com.google.gson.JsonObject;
import io.github.tfbit.Plan;
import io.github.tfbit.Run;
import io.github.tfbit.TrainingListener;
import io.github.tfbit.cli.console.Console;
import io.github.tfbit.cli.console.Progress;
import io.github.tfbit.cli.console.Table;
import io.github.tfbit.cli.console.Text;
import io.github.tfbit.evaluate.Evaluation;
import java.nio.file.Path;
import java.util.List;

/** Tells the user how a run is getting on, and what came of it. */
final class TrainingReport implements TrainingListener, AutoCloseable {
  private static final double NANOS = 1e9;

  private final Console console;
  private final Path run;
  private final long start = System.nanoTime();
  private Progress progress;
  private Progress describing;
  private Plan plan;
  private Step last;
  private Evaluation evaluation;
  private int saved;

  /**
   * A report.
   *
   * @param console to tell it on
   * @param run its directory
   */
  TrainingReport(Console console, Path run) {
    this.console = console;
    this.run = run;
  }

  @Override
  public void planned(Plan planned) {
    plan = planned;
    progress = new Progress(console, "steps", planned.steps());
    console.say(
        Text.of(
            "%,d steps of %s (%s), resize %d, crop %d, about %s of memory",
            planned.steps(),
            Text.count(planned.batch(), "picture", "pictures"),
            planned.batch() / planned.microBatch() + " x " + planned.microBatch(),
            planned.augmentation().resize(),
            planned.augmentation().crop(),
            Text.bytes(planned.memory().total())));
    planned.notes().forEach(n -> console.say("note: " + n));
  }

  @Override
  public void described(String part, int done, int of) {
    if (describing == null) {
      describing = new Progress(console, "features, " + part, of);
    }
    describing.report(done, "");
    if (done == of) {
      describing.close();
      describing = null;
    }
  }

  @Override
  public void stepped(Step step) {
    last = step;
    String top1 = evaluation == null ? "" : "  top-1 " + EvaluationText.percent(evaluation.top1());
    progress.report(
        step.step(),
        Text.of("%s images/s  loss %.4f%s", Text.rate(step.imagesPerSecond()), step.loss(), top1));
  }

  @Override
  public void evaluated(int step, Evaluation result) {
    evaluation = result;
    console.say(
        Text.of(
            "step %,d: top-1 %s of %s held out",
            step,
            EvaluationText.percent(result.top1()),
            Text.count(result.examples(), "picture", "pictures")));
  }

  @Override
  public void resumed(int step, List<String> notes) {
    notes.forEach(n -> console.say("note: " + n));
  }

  @Override
  public void checkpointed(int step, Path state) {
    saved = step;
  }

  @Override
  public void ended(Outcome outcome) {
    close();
    if (outcome != Outcome.FINISHED && saved > 0) {
      console.say(Text.of("%s is saved as it was after step %,d", run, saved));
      Run.resumeCommand(run).ifPresent(c -> console.say("to go on: " + c));
    }
  }

  /**
   * Prints what came of the run.
   *
   * @param json whether as JSON
   */
  void finish(boolean json) {
    double seconds = (System.nanoTime() - start) / NANOS;
    if (json) {
      console.result(toJson(seconds));
      return;
    }
    Table table =
        new Table(Table.Alignment.LEFT)
            .row("run", run.toString())
            .row("steps", Text.of("%,d in %s", plan.steps(), Text.duration(seconds)))
            .row("loss", Text.of("%.4f at the last step", last.loss()));
    if (evaluation != null) {
      table.row(
          "top-1",
          Text.of(
              "%s of %s held out",
              EvaluationText.percent(evaluation.top1()),
              Text.count(evaluation.examples(), "picture", "pictures")));
    }
    table.lines().forEach(console::result);
    console.say("next: tfbit predict --model " + run + " PICTURE");
  }

  private JsonObject toJson(double seconds) {
    JsonObject json = new JsonObject();
    json.addProperty("run", run.toString());
    json.addProperty("steps", plan.steps());
    json.addProperty("batch", plan.batch());
    json.addProperty("loss", last.loss());
    json.addProperty("images_per_second", last.imagesPerSecond());
    json.addProperty("wait_share", last.waitShare());
    json.addProperty("seconds", seconds);
    if (evaluation != null) {
      json.addProperty("top1", evaluation.top1());
      json.addProperty("top5", evaluation.top5());
      json.addProperty("held_out", evaluation.examples());
    }
    return json;
  }

  @Override
  public void close() {
    if (describing != null) {
      describing.close();
    }
    if (progress != null) {
      progress.close();
    }
  }
}
