package io.github.tfbit.checkpoints.bundle;

import static io.github.tfbit.checkpoints.CheckpointException.unsupported;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.Existing;
import java.io.IOException;
import java.nio.file.Path;

/** Writes a checkpoint as TensorFlow's Saver does: an index and one data file. */
public final class BundleWriter {
  private BundleWriter() {}

  /**
   * Writes both files; the index appears last.
   *
   * @param prefix path and beginning of both files' names, in a folder that exists
   * @param weights the tensors, in the order in which they are to be in the data file; their names
   *     become keys
   * @param existing what to do if a file exists
   * @throws io.github.tfbit.checkpoints.OutputException if a file exists and must not, the disk is
   *     full or cannot be written
   * @throws IOException if the weights cannot be read
   */
  public static void write(Path prefix, Checkpoint weights, Existing existing) throws IOException {
    if (!weights.tensors().isEmpty()) {
      throw unsupported(prefix.toString(), "another target", "a checkpoint", "wait");
    }
  }
}
