package io.github.tfbit.state;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.CheckpointException;
import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.checkpoints.npz.NpzReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One checkpoint of a run in training: a directory with the weights in the published npz layout,
 * the optimizer's momenta beside them, and how far the run was.
 *
 * @param directory it lies in
 * @param step how many steps were done
 */
public record SavedState(Path directory, int step) {
  static final String WEIGHTS = "model.npz";
  static final String OPTIMIZER = "optimizer.npz";
  static final String PROGRESS = "progress.json";

  /**
   * The file with the weights.
   *
   * @return an npz in the published layout, like any other
   */
  public Path weightsFile() {
    return directory.resolve(WEIGHTS);
  }

  /**
   * Opens the weights.
   *
   * @return under the published names; the caller closes them
   * @throws IOException if they are damaged or cannot be read
   */
  public Checkpoint weights() throws IOException {
    return NpzReader.open(weightsFile());
  }

  /**
   * Opens the optimizer's state.
   *
   * @return under names of its own; the caller closes it
   * @throws IOException if it is damaged or cannot be read
   */
  public Checkpoint optimizer() throws IOException {
    return NpzReader.open(directory.resolve(OPTIMIZER));
  }

  /**
   * How far the run was.
   *
   * @return as it was saved
   * @throws CheckpointException if the file is damaged
   * @throws IOException if it cannot be read
   */
  public Progress progress() throws IOException {
    Path file = directory.resolve(PROGRESS);
    Progress read;
    try {
      read = new Gson().fromJson(Files.readString(file), Progress.class);
    } catch (JsonParseException e) {
      throw damaged(file, e.getMessage(), e);
    }
    if (read == null || read.step() != step || read.lossCount() < 0) {
      throw damaged(file, String.valueOf(read), null);
    }
    return read;
  }

  private CheckpointException damaged(Path file, String found, Throwable cause) {
    return new CheckpointException.Corrupt(
        new Problem(
            "the progress of a run at step " + step,
            found,
            file.toString(),
            "delete " + directory + " to go on from the state before it"),
        cause);
  }
}
