package io.github.tfbit;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.tfbit.checkpoints.AtomicFile;
import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.Existing;
import io.github.tfbit.checkpoints.FileTree;
import io.github.tfbit.checkpoints.OutputException;
import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.checkpoints.npz.NpzReader;
import io.github.tfbit.checkpoints.npz.NpzWriter;
import io.github.tfbit.converters.ContentId;
import io.github.tfbit.evaluate.Evaluation;
import io.github.tfbit.report.EventFile;
import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Fills a run's directory: settings, labels and provenance at the start, a line for each report,
 * the weights at the end by one rename.
 */
final class RunWriter implements Closeable {
  /** Steps between lines about the loss. */
  static final int REPORT_EVERY = 10;

  private final Path directory;
  private final Replaced replaced;
  private final Writer metrics;
  private final EventFile events;
  private final Gson gson = RunFiles.gson();
  private boolean stepped;
  private boolean finished;
  private double lossSum;
  private int lossCount;

  private RunWriter(Path directory, Replaced replaced, Writer metrics, EventFile events) {
    this.directory = directory;
    this.replaced = replaced;
    this.metrics = metrics;
    this.events = events;
  }

  /** Refuses a target that is there, or that is not a RUN and so nobody's to delete. */
  static void check(Path directory, boolean replace) throws IOException {
    if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!replace) {
      throw refused(
          directory, "nothing there", "a file or directory", "choose another, or --force");
    }
    boolean ours = Files.isRegularFile(directory.resolve(RunFiles.SETTINGS));
    if (!ours && !(Files.isDirectory(directory) && isEmpty(directory))) {
      throw refused(
          directory,
          "a RUN to replace",
          "something else: no " + RunFiles.SETTINGS + " in it",
          "choose another place; only RUNs are replaced");
    }
  }

  /** Makes the directory; one that is there is set aside until this one has its weights. */
  static RunWriter start(TrainingJob job, Plan plan) throws IOException {
    Path directory = job.settings().directory();
    Provenance provenance = Provenance.of(job);
    check(directory, job.settings().replace);
    try {
      Replaced replaced = Replaced.setAside(directory);
      try {
        Files.createDirectories(directory);
        RunFiles.write(directory, job, plan, provenance);
        Writer metrics = Files.newBufferedWriter(directory.resolve(RunFiles.METRICS));
        EventFile events = EventFile.create(directory.resolve(RunFiles.EVENTS));
        String settings = Files.readString(directory.resolve(RunFiles.SETTINGS));
        events.text("run", "```json\n" + settings + "```\n");
        return new RunWriter(directory, replaced, metrics, events);
      } catch (IOException | RuntimeException | Error e) {
        undo(directory, replaced, e);
        throw e;
      }
    } catch (IOException e) {
      throw OutputException.whileWriting(directory, e);
    }
  }

  private static void undo(Path directory, Replaced replaced, Throwable cause) {
    try {
      FileTree.delete(directory);
      replaced.putBack();
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  void step(TrainingListener.Step s) throws IOException {
    stepped = true;
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

  /** Puts the weights in place, and beside them what they are. */
  Path finish(Checkpoint weights) throws IOException {
    Path model = directory.resolve(RunFiles.WEIGHTS);
    NpzWriter.write(model, weights);
    finished = true;
    try (Checkpoint written = NpzReader.open(model)) {
      RunFiles.addContentId(directory, ContentId.of(written));
    }
    return model;
  }

  /**
   * Ends the run. Once it has its weights, the one it replaces is deleted. Without weights it stays
   * as far as it came, beside the one it was to replace; without one step nothing of it stays, and
   * the other is put back.
   */
  @Override
  public void close() throws IOException {
    try (events) {
      metrics.close();
    } finally {
      if (finished) {
        replaced.delete();
      } else if (stepped) {
        replaced.deleteUnlessFinished();
      } else {
        FileTree.delete(directory);
        replaced.putBack();
      }
    }
  }

  static void writeText(Path file, String text) throws IOException {
    AtomicFile.write(file, Existing.REFUSE, f -> Files.writeString(f, text));
  }

  private static boolean isEmpty(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.findAny().isEmpty();
    }
  }

  private static OutputException refused(Path where, String expected, String found, String remedy) {
    return new OutputException(new Problem(expected, found, where.toString(), remedy), null);
  }
}
