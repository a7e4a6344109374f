package io.github.tfbit;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.CheckpointException;
import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.converters.Head;
import io.github.tfbit.converters.Layout;
import io.github.tfbit.data.ImageSize;
import io.github.tfbit.image.Decoding;
import io.github.tfbit.state.SavedState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A finished run: a directory with weights, labels and where they come from. Immutable. */
public final class Run {
  private final Path directory;
  private final Path weightsFile;
  private final RunFiles.Model model;
  private final Labels labels;

  private Run(Path directory, Path weightsFile, RunFiles.Model model, Labels labels) {
    this.directory = directory;
    this.weightsFile = weightsFile;
    this.model = model;
    this.labels = labels;
  }

  /**
   * What an evaluation of a run came to.
   *
   * @param step how many steps were done
   * @param examples held-out pictures
   * @param top1 share whose best class is right
   * @param top5 share with the right class among the best five
   * @param ece expected calibration error
   */
  public record Report(int step, long examples, double top1, double top5, double ece) {}

  /**
   * Whether a path is a run's directory, finished or not.
   *
   * @param path any path
   * @return true if it holds a run's settings
   */
  public static boolean isRun(Path path) {
    return Files.isRegularFile(path.resolve(RunFiles.SETTINGS));
  }

  /**
   * Opens a run.
   *
   * @param dir its directory
   * @return the run; the weights are not read yet
   * @throws CheckpointException if it is no run, one without weights, or a damaged one
   * @throws IOException if it cannot be read
   */
  public static Run open(Path dir) throws IOException {
    requireFinished(dir);
    return new Run(dir, dir.resolve(RunFiles.WEIGHTS), RunFiles.readModel(dir), labels(dir));
  }

  private static void requireFinished(Path dir) throws IOException {
    requireRun(dir);
    if (!Files.isRegularFile(dir.resolve(RunFiles.WEIGHTS))) {
      throw mismatch(
          "a finished run, with " + RunFiles.WEIGHTS,
          "a run that ended before its weights were written",
          dir,
          RunFiles.howToGoOn(dir));
    }
  }

  /**
   * Opens a finished run and does what a process that was killed right after it had written the
   * weights left undone: their content id, and deleting its lock and the checkpoints that are of no
   * use any more. A report that is missing is written again, from what the run recorded.
   *
   * @param dir its directory
   * @return the run; the weights are not read yet
   * @throws CheckpointException as {@link #open}
   * @throws io.github.tfbit.checkpoints.OutputException if another process is at work in it
   * @throws IOException if it cannot be read or written
   */
  public static Run openFinished(Path dir) throws IOException {
    requireFinished(dir);
    RunWriter.tidyAbandoned(dir);
    Run run = open(dir);
    RunPage.complete(run);
    return run;
  }

  /**
   * Opens the best of a run: the weights that answered the held-out pictures best, of equals the
   * earliest. The run may be unfinished.
   *
   * @param dir its directory
   * @return the run, with those weights
   * @throws CheckpointException if it is no run, or one that was never judged
   * @throws IOException if it cannot be read
   */
  public static Run openBest(Path dir) throws IOException {
    requireRun(dir);
    OptionalInt best = RunFiles.bestStep(dir);
    if (best.isEmpty()) {
      throw mismatch(
          "a run that was judged by held-out pictures",
          "none of its weights were",
          dir,
          "take its last weights, without @best; --eval-every judges on the way");
    }
    Optional<SavedState> state = RunWriter.states(dir).find(best.getAsInt());
    if (state.isEmpty() && best.getAsInt() == RunFiles.readSteps(dir)) {
      return open(dir);
    }
    if (state.isEmpty()) {
      throw mismatch(
          "a checkpoint of its best step, " + best.getAsInt(),
          "none",
          dir.resolve(RunFiles.STATE),
          "take its last weights, without @best");
    }
    RunFiles.Model m = RunFiles.readModel(dir);
    RunFiles.Model model =
        new RunFiles.Model(
            m.architecture(), m.head(), m.side(), m.decoding(), m.ownHead(), Optional.empty());
    return new Run(dir, state.get().weightsFile(), model, labels(dir));
  }

  /**
   * Whether a run has its weights.
   *
   * @param dir its directory
   * @return true if there is nothing left to do
   */
  public static boolean isFinished(Path dir) {
    return isRun(dir) && Files.isRegularFile(dir.resolve(RunFiles.WEIGHTS));
  }

  /**
   * The command that goes on with a run.
   *
   * @param dir its directory
   * @return as its user would type it; empty if it was not started by a command, or is no run
   */
  public static Optional<String> resumeCommand(Path dir) {
    try {
      return isRun(dir) ? RunFiles.resumeCommand(dir) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // a hint at most
    }
  }

  private static void requireRun(Path dir) throws CheckpointException {
    if (!isRun(dir)) {
      throw mismatch(
          "a directory that finetune or pretrain wrote",
          "no " + RunFiles.SETTINGS,
          dir,
          "check the path");
    }
  }

  private static Labels labels(Path dir) throws IOException {
    RunFiles.Model model = RunFiles.readModel(dir);
    Labels labels = Labels.read(dir.resolve(RunFiles.LABELS));
    if (labels.size() != model.head().classes()) {
      throw mismatch(
          model.head().classes() + " class names",
          labels.size() + " lines",
          dir.resolve(RunFiles.LABELS),
          "restore the file");
    }
    return labels;
  }

  /**
   * Where the run is.
   *
   * @return its directory
   */
  public Path directory() {
    return directory;
  }

  /**
   * The file with the weights, in the published npz layout.
   *
   * @return {@code model.npz}, or the best checkpoint's
   */
  public Path weightsFile() {
    return weightsFile;
  }

  /**
   * Opens the weights.
   *
   * @return under the published names; the caller closes them
   * @throws IOException if they cannot be read
   */
  public Checkpoint weights() throws IOException {
    return Layout.open(weightsFile());
  }

  /**
   * The network.
   *
   * @return its architecture, number of groups included
   */
  public Architecture architecture() {
    return model.architecture();
  }

  /**
   * The head.
   *
   * @return classes and activation
   */
  public Head head() {
    return model.head();
  }

  /**
   * The side that the model was trained and judged at.
   *
   * @return pixels
   */
  public int side() {
    return model.side();
  }

  /**
   * The size of the training picture with the median area.
   *
   * @return empty if the run did not record it
   * @throws IOException if it cannot be read
   */
  public Optional<ImageSize> typicalPicture() throws IOException {
    return RunFiles.readTypicalPicture(directory);
  }

  /**
   * How the pictures that the model learned from were decoded, and how it wants others.
   *
   * @return the default in runs that do not say
   */
  public Decoding decoding() {
    return model.decoding();
  }

  /**
   * The name of the function that makes logits of features, where it is not the published head's.
   *
   * @return what {@link TrainingBuilder#head} was given; empty for {@code features x kernel + bias}
   */
  public Optional<String> ownHead() {
    return model.ownHead();
  }

  /**
   * What the classes are called.
   *
   * @return names in the head's order
   */
  public Labels labels() {
    return labels;
  }

  /**
   * From which probabilities the labels of a sigmoid head count as there.
   *
   * @return those with the best F1 on the held-out pictures; empty for a softmax head, without
   *     held-out pictures, and for other weights than the last
   * @throws IOException if they cannot be read
   */
  public Optional<Thresholds> thresholds() throws IOException {
    return weightsFile.equals(directory.resolve(RunFiles.WEIGHTS))
        ? Thresholds.read(directory, labels.names())
        : Optional.empty();
  }

  /**
   * What the run was computed on.
   *
   * @return processor, cores, memory, system and device; empty in older runs
   * @throws IOException if it cannot be read
   */
  public Map<String, String> machine() throws IOException {
    return RunFiles.readMachine(directory);
  }

  /**
   * The content id of the weights that training ended with.
   *
   * @return what {@code inspect} must find too; empty for other weights than those, and in runs
   *     that tfbit 0.1 wrote
   */
  public Optional<String> contentId() {
    return model.contentId();
  }

  /**
   * The evaluations on held-out pictures.
   *
   * @return in the order of their steps
   * @throws IOException if they cannot be read
   */
  public List<Report> history() throws IOException {
    return RunFiles.readReports(directory);
  }

  /**
   * Where the weights come from.
   *
   * @return upstream, data, seed and versions
   * @throws IOException if it cannot be read
   */
  public Provenance provenance() throws IOException {
    return RunFiles.readProvenance(directory);
  }

  private static CheckpointException mismatch(
      String expected, String found, Path where, String remedy) {
    return new CheckpointException.Mismatch(new Problem(expected, found, where.toString(), remedy));
  }
}
