package io.github.tfbit.cli.command;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.tfbit.FewShot;
import io.github.tfbit.cli.console.Console;
import io.github.tfbit.cli.console.Progress;
import io.github.tfbit.cli.console.Table;
import io.github.tfbit.cli.console.Text;
import io.github.tfbit.fewshot.FewShotResult;
import io.github.tfbit.fewshot.Method;
import io.github.tfbit.fewshot.Shots;
import io.github.tfbit.fewshot.Trial;
import java.nio.file.Path;
import java.util.List;

/** Tells the user how a few-shot experiment is getting on, and what came of it. */
final class FewShotReport implements FewShot.Listener, AutoCloseable {
  private final Console console;
  private Progress progress;

  FewShotReport(Console console) {
    this.console = console;
  }

  @Override
  public void described(String part, int done, int of) {
    report(done, of, "features, " + part, "");
  }

  @Override
  public void stepped(int step, int steps, double loss) {
    report(step, steps, "steps", Text.of("loss %.4f", loss));
  }

  private void report(int done, int of, String unit, String detail) {
    if (progress == null) {
      progress = new Progress(console, unit, of);
    }
    if (done < of) { // the last is said with what came of it
      progress.report(done, detail);
    } else {
      close();
    }
  }

  @Override
  public void tried(Trial t, int done, int of) {
    console.say(
        Text.of(
            "%d/%d  %s, %s, subset %d: %s",
            done,
            of,
            t.method().label(),
            t.shots().equals(Shots.FULL) ? "full" : Text.count(shots(t.shots()), "shot", "shots"),
            t.subset(),
            EvaluationText.percent(t.accuracy())));
  }

  private static int shots(Shots shots) {
    return shots.perClass().orElseThrow();
  }

  /** Prints the medians. */
  void finish(FewShotResult result, Path out, boolean json) {
    if (json) {
      console.result(json(result, out));
      return;
    }
    Table table = new Table();
    table.row("method", "shots", "median", "lowest", "highest");
    for (Method m : result.methods()) {
      for (Shots s : result.shots()) {
        List<Double> all = result.accuracies(m, s);
        table.row(
            m.label(),
            s.toString(),
            EvaluationText.percent(result.median(m, s).orElseThrow()),
            EvaluationText.percent(all.stream().mapToDouble(a -> a).min().orElseThrow()),
            EvaluationText.percent(all.stream().mapToDouble(a -> a).max().orElseThrow()));
      }
    }
    table.lines().forEach(console::result);
    console.say("every trial: " + out.resolve(FewShotFiles.CSV));
  }

  private static JsonObject json(FewShotResult result, Path out) {
    JsonArray points = new JsonArray();
    for (Method m : result.methods()) {
      for (Shots s : result.shots()) {
        JsonObject point = new JsonObject();
        point.addProperty("method", m.label());
        point.addProperty("shots", s.toString());
        point.addProperty("median", result.median(m, s).orElseThrow());
        JsonArray trials = new JsonArray();
        result.accuracies(m, s).forEach(trials::add);
        point.add("accuracies", trials);
        points.add(point);
      }
    }
    JsonObject json = new JsonObject();
    json.addProperty("out", out.toString());
    json.add("points", points);
    return json;
  }

  @Override
  public void close() {
    if (progress != null) {
      progress.close();
      progress = null;
    }
  }
}
