package io.github.tfbit;

import io.github.tfbit.checkpoints.AtomicFile;
import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.Existing;
import io.github.tfbit.checkpoints.FileTree;
import io.github.tfbit.checkpoints.OutputException;
import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.checkpoints.npz.NpzReader;
import io.github.tfbit.checkpoints.npz.NpzWriter;
import io.github.tfbit.converters.ContentId;
import io.github.tfbit.data.ImageDataset;
import io.github.tfbit.evaluate.LabelScores;
import io.github.tfbit.state.DataListing;
import io.github.tfbit.state.Progress;
import io.github.tfbit.state.RunLock;
import io.github.tfbit.state.SavedState;
import io.github.tfbit.state.StateFolder;
import io.github.tfbit.train.TrainingGraph;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Fills a run's directory: settings, labels and provenance at the start, reports and checkpoints on
 * the way, the weights at the end by one rename. Holds the run's lock.
 */
final class RunWriter implements Closeable {
  private final Path directory;
  private final Replaced replaced;
  private final RunLock lock;
  private final RunReports reports;
  private final StateFolder states;
  private final boolean resumed;
  private boolean stepped;
  private boolean finished;

  private RunWriter(
      Path directory, Replaced replaced, RunLock lock, RunReports reports, boolean resumed) {
    this.directory = directory;
    this.replaced = replaced;
    this.lock = lock;
    this.reports = reports;
    this.states = states(directory);
    this.resumed = resumed;
  }

  static StateFolder states(Path directory) {
    return new StateFolder(directory.resolve(RunFiles.STATE));
  }

  /** Refuses a target that is there, or that is not a RUN and so nobody's to delete. */
  static void check(Path directory, boolean replace) throws IOException {
    if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    boolean ours = Files.isRegularFile(directory.resolve(RunFiles.SETTINGS));
    if (!replace) {
      throw refused(
          directory,
          "nothing there",
          ours ? "a RUN" : "a file or directory",
          ours
              ? "--resume to go on with it, --force to replace it, or choose another place"
              : "choose another place");
    }
    if (!ours && !(Files.isDirectory(directory) && isEmpty(directory))) {
      throw refused(
          directory,
          "a RUN to replace",
          "something else: no " + RunFiles.SETTINGS + " in it",
          "choose another place; only RUNs are replaced");
    }
    RunLock.requireFree(directory);
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
        RunLock lock = RunLock.take(directory);
        try {
          RunFiles.write(directory, job, plan, provenance);
          Path listing = directory.resolve(RunFiles.DATA);
          Files.createDirectories(listing.getParent());
          DataListing.write(listing, parts(job));
          RunReports reports = RunReports.open(directory, NOTHING);
          return new RunWriter(directory, replaced, lock, reports, false);
        } catch (IOException | RuntimeException | Error e) {
          lock.close();
          throw e;
        }
      } catch (IOException | RuntimeException | Error e) {
        undo(directory, replaced, e);
        throw e;
      }
    } catch (IOException e) {
      throw OutputException.whileWriting(directory, e);
    }
  }

  private static final Progress NOTHING = new Progress(0, 0, 0);

  /** The data sets that a run depends on. */
  static Map<String, ImageDataset> parts(TrainingJob job) {
    Map<String, ImageDataset> parts = new LinkedHashMap<>();
    parts.put("train", job.settings().train);
    job.settings().validation.ifPresent(v -> parts.put("held out", v));
    return parts;
  }

  /**
   * Goes on with the run that is there. The lock is the caller's until this returns.
   *
   * @param from how far it is
   */
  static RunWriter resume(Path directory, RunLock lock, Progress from) throws IOException {
    AtomicFile.deleteAbandoned(directory.resolve(RunFiles.WEIGHTS));
    states(directory).deleteAfter(from.step());
    RunReports reports = RunReports.open(directory, from);
    return new RunWriter(directory, Replaced.nothing(directory), lock, reports, true);
  }

  private static void undo(Path directory, Replaced replaced, Throwable cause) {
    try {
      FileTree.delete(directory);
      replaced.putBack();
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  RunReports reports() {
    return reports;
  }

  /** Says that a step is done: from now on the directory is worth something. */
  void step(TrainingListener.Step done) throws IOException {
    stepped = true;
    reports.step(done);
  }

  /** Saves a checkpoint; all but the newest and the best are deleted then. */
  SavedState save(TrainingGraph graph, int step) throws IOException {
    SavedState saved;
    try (Checkpoint weights = graph.weights();
        Checkpoint optimizer = graph.optimizer()) {
      saved = states.save(reports.progress(step), weights, optimizer);
    }
    states.retain(StateFolder.KEPT, RunFiles.bestStep(directory));
    return saved;
  }

  /** Stores from where on labels count as there. */
  void thresholds(Optional<LabelScores> scores, List<String> classes) throws IOException {
    if (scores.isPresent()) {
      Thresholds.of(scores.get()).write(directory, classes);
    }
  }

  /** Puts the weights in place, and beside them what they are. */
  Path finish(Checkpoint weights) throws IOException {
    Path model = directory.resolve(RunFiles.WEIGHTS);
    NpzWriter.write(model, weights);
    finished = true;
    tidy(directory);
    return model;
  }

  /**
   * What follows the weights of a finished run: their content id, and no more checkpoints than the
   * best. A run that was killed between the two has it done when it is resumed.
   */
  static void tidy(Path directory) throws IOException {
    if (RunFiles.readModel(directory).contentId().isEmpty()) {
      try (Checkpoint written = NpzReader.open(directory.resolve(RunFiles.WEIGHTS))) {
        RunFiles.addContentId(directory, ContentId.of(written));
      }
    }
    OptionalInt best = RunFiles.bestStep(directory);
    boolean last = best.isPresent() && best.getAsInt() == RunFiles.readSteps(directory);
    StateFolder states = states(directory);
    states.sweep();
    states.retain(0, last ? OptionalInt.empty() : best);
  }

  /** As {@link #tidy}, for a finished run that nobody is at work in. */
  static void tidyAbandoned(Path directory) throws IOException {
    if (RunLock.isLeftIn(directory)) {
      RunLock lock = RunLock.take(directory);
      try {
        tidy(directory);
      } finally {
        lock.close();
      }
    }
  }

  /**
   * Ends the run. Once it has its weights, the one it replaces is deleted. Without weights it stays
   * as far as it came, beside the one it was to replace; without one step nothing of it stays, and
   * the other is put back.
   */
  @Override
  public void close() throws IOException {
    try (lock) {
      reports.close();
    } finally {
      if (finished) {
        replaced.delete();
      } else if (stepped || resumed) {
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
