package io.github.tfbit;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.CheckpointException;
import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.data.DataException;
import io.github.tfbit.state.DataListing;
import io.github.tfbit.state.Progress;
import io.github.tfbit.state.RunLock;
import io.github.tfbit.state.SavedState;
import io.github.tfbit.state.StateFolder;
import io.github.tfbit.train.TrainingGraph;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Going on with a run that stopped: whether what is asked for is what it was started with, and the
 * newest checkpoint that can be read.
 */
final class Resumption {
  /** What a run may go on without: the bits may then be others, but not the training. */
  private static final Set<String> MAY_DIFFER = Set.of("device", "threads");

  private final TrainingJob job;
  private final Path directory;
  private final List<String> notes = new ArrayList<>();

  /** Where a run goes on from. */
  record Point(RunWriter writer, Progress progress, List<String> notes) {}

  Resumption(TrainingJob job) {
    this.job = job;
    this.directory = job.settings().directory();
  }

  /**
   * Restores the newest state.
   *
   * @param graph that the state is put into; at step 0 it holds nothing yet
   * @return a writer that goes on, and how far the run is
   */
  Point open(Plan plan, TrainingGraph graph) throws IOException {
    RunLock lock = RunLock.take(directory);
    try {
      requireSameData();
      requireSameSettings(plan);
      StateFolder states = RunWriter.states(directory);
      states.sweep();
      Progress progress = restore(states.list(), graph);
      return new Point(RunWriter.resume(directory, lock, progress), progress, notes);
    } catch (IOException | RuntimeException | Error e) {
      lock.close();
      throw e;
    }
  }

  private Progress restore(List<SavedState> states, TrainingGraph graph) throws IOException {
    CheckpointException newest = null;
    for (int i = states.size() - 1; i >= 0; i--) {
      SavedState state = states.get(i);
      try {
        Progress progress = restore(state, graph);
        notes.add("goes on after step " + progress.step());
        return progress;
      } catch (CheckpointException e) {
        newest = newest == null ? e : newest;
        notes.add("the checkpoint of step " + state.step() + " is damaged: " + e.getMessage());
      } catch (NoSuchFileException | FileNotFoundException e) {
        notes.add("the checkpoint of step " + state.step() + " is not whole: " + e.getMessage());
      }
    }
    if (newest != null) {
      throw newest;
    }
    notes.add("starts from the beginning: no checkpoint was saved");
    return new Progress(0, 0, 0);
  }

  private static Progress restore(SavedState state, TrainingGraph graph) throws IOException {
    Progress progress = state.progress();
    try (Checkpoint weights = state.weights();
        Checkpoint optimizer = state.optimizer()) {
      graph.restore(weights, optimizer);
    }
    return progress;
  }

  private void requireSameSettings(Plan plan) throws IOException {
    JsonObject then = RunFiles.readSettings(directory);
    JsonObject now = RunFiles.settings(job, plan);
    List<String> differences = new ArrayList<>();
    for (String part :
        List.of("kind", "architecture", "head", "size", "exif", "background", "training")) {
      compare(part, then.get(part), now.get(part), differences);
    }
    Provenance was = RunFiles.readProvenance(directory);
    Provenance is = Provenance.of(job);
    if (!was.upstreamContentId().equals(is.upstreamContentId())) {
      differences.add(
          "the weights that it started from: " + is.upstream() + ", not " + was.upstream());
    }
    List<String> classes = Labels.read(directory.resolve(RunFiles.LABELS)).names();
    if (!classes.equals(job.settings().train.classes())) {
      differences.add("the classes, or their order");
    }
    if (!differences.isEmpty()) {
      throw new TrainingException(
          new Problem(
              "the settings that the run was started with",
              String.join("; ", differences),
              directory.toString(),
              RunFiles.howToGoOn(directory) + ", or start anew with --force"));
    }
    if (!was.versions().equals(is.versions())) {
      notes.add(
          "another version of tfbit, TensorFlow, Java or the system than the run was started with:"
              + " its weights may end in other bits");
    }
  }

  private void compare(String name, JsonElement then, JsonElement now, List<String> differences) {
    if (then != null && then.isJsonObject() && now != null && now.isJsonObject()) {
      for (String key : now.getAsJsonObject().keySet()) {
        compare(key, then.getAsJsonObject().get(key), now.getAsJsonObject().get(key), differences);
      }
    } else if (!String.valueOf(now).equals(String.valueOf(then))) {
      if (MAY_DIFFER.contains(name)) {
        notes.add(name + " " + now + ", not " + then + ": its weights may end in other bits");
      } else {
        differences.add(name.replace('_', ' ') + " " + now + ", not " + then);
      }
    }
  }

  private void requireSameData() throws IOException {
    Path listing = directory.resolve(RunFiles.DATA);
    if (!Files.exists(listing)) {
      notes.add("nothing is known of the pictures that the run was started on");
      return;
    }
    Optional<String> difference = DataListing.difference(listing, RunWriter.parts(job));
    if (difference.isPresent()) {
      throw new DataException(
          new Problem(
              "the pictures that the run was started on",
              difference.get(),
              directory.toString(),
              "put them back as they were, or start anew with --force"));
    }
  }
}
