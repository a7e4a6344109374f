package io.github.tfbit;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.github.tfbit.checkpoints.AtomicFile;
import io.github.tfbit.checkpoints.Existing;
import io.github.tfbit.checkpoints.OutputException;
import io.github.tfbit.evaluate.Evaluation;
import io.github.tfbit.report.EventFile;
import io.github.tfbit.state.Progress;
import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a run says of itself on its way: a line of JSON for each report, and TensorBoard's events.
 */
final class RunReports implements Closeable {
  /** Steps between lines about the loss. */
  static final int REPORT_EVERY = 10;

  private final Path directory;
  private final Writer metrics;
  private final EventFile events;
  private final Gson gson = RunFiles.gson();
  private double lossSum;
  private int lossCount;

  private RunReports(Path directory, Writer metrics, EventFile events, Progress from) {
    this.directory = directory;
    this.metrics = metrics;
    this.events = events;
    lossSum = from.lossSum();
    lossCount = from.lossCount();
  }

  /** Starts reporting, or goes on: lines after the step that a run goes on from are dropped. */
  static RunReports open(Path directory, Progress from) throws IOException {
    Path file = directory.resolve(RunFiles.METRICS);
    if (Files.exists(file)) {
      List<String> kept = linesUpTo(file, from.step());
      String text = kept.isEmpty() ? "" : String.join("\n", kept) + "\n";
      AtomicFile.write(file, Existing.REPLACE, f -> Files.writeString(f, text));
    }
    EventFile events = EventFile.create(directory.resolve(RunFiles.EVENTS), from.step());
    try {
      String settings = Files.readString(directory.resolve(RunFiles.SETTINGS));
      events.text("run", "```json\n" + settings + "```\n");
      Writer metrics =
          Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      return new RunReports(directory, metrics, events, from);
    } catch (IOException | RuntimeException e) {
      events.close();
      throw e;
    }
  }

  /** A process that was killed may have left half a line at the end. */
  private static List<String> linesUpTo(Path file, int step) throws IOException {
    List<String> kept = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      try {
        if (JsonParser.parseString(line).getAsJsonObject().get("step").getAsInt() > step) {
          break;
        }
      } catch (JsonParseException | IllegalStateException | NullPointerException e) {
        break;
      }
      kept.add(line);
    }
    return kept;
  }

  /** How far the run is after so many steps. */
  Progress progress(int step) {
    return new Progress(step, lossSum, lossCount);
  }

  void step(TrainingListener.Step s) throws IOException {
    lossSum += s.loss();
    lossCount++;
    if (s.step() % REPORT_EVERY == 0 || s.step() == s.steps()) {
      JsonObject line = new JsonObject();
      line.addProperty("step", s.step());
      line.addProperty("loss", lossSum / lossCount);
      line.addProperty("rate", s.rate());
      line.addProperty("images_per_second", s.imagesPerSecond());
      line.addProperty("wait_share", s.waitShare());
      record(
          s.step(),
          Map.of(
              "train/loss", lossSum / lossCount,
              "train/learning_rate", s.rate(),
              "train/images_per_second", s.imagesPerSecond(),
              "train/wait_share", s.waitShare()));
      lossSum = 0;
      lossCount = 0;
      append(line);
    }
  }

  void evaluation(int step, Evaluation e) throws IOException {
    JsonObject line = new JsonObject();
    line.addProperty("step", step);
    line.addProperty("held_out", e.examples());
    line.addProperty("top1", e.top1());
    line.addProperty("top5", e.top5());
    line.addProperty("ece", e.ece());
    JsonArray recall = new JsonArray();
    for (double r : e.recallByClass()) {
      recall.add(Double.isNaN(r) ? null : (Number) r);
    }
    line.add("recall", recall);
    append(line);
    record(
        step,
        Map.of(
            "held_out/top1", e.top1(),
            "held_out/top5", e.top5(),
            "held_out/mean_recall", e.meanRecall(),
            "held_out/cross_entropy", e.crossEntropy(),
            "held_out/ece", e.ece()));
  }

  private void record(int step, Map<String, Double> values) throws IOException {
    try {
      events.scalars(step, new TreeMap<>(values));
    } catch (IOException e) {
      throw OutputException.whileWriting(directory.resolve(RunFiles.EVENTS), e);
    }
  }

  private void append(JsonObject line) throws IOException {
    try {
      metrics.write(gson.toJson(line));
      metrics.write('\n');
      metrics.flush();
    } catch (IOException e) {
      throw OutputException.whileWriting(directory.resolve(RunFiles.METRICS), e);
    }
  }

  @Override
  public void close() throws IOException {
    try (events) {
      metrics.close();
    }
  }
}
