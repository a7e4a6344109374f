package io.github.tfbit.checkpoints.savedmodel;

import static io.github.tfbit.checkpoints.CheckpointException.unsupported;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.Existing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Writes a SavedModel of variables alone, shaped like the BiT modules of TensorFlow Hub: the root
 * has one child per variable under its full name and {@code :0}, so that its key is {@code
 * escaped.Sname:0/.ATTRIBUTES/VARIABLE_VALUE}. {@code tf.saved_model.load} and {@code
 * tf.train.load_checkpoint} read it. One tensor is held at a time.
 */
public final class SavedModelWriter {
  private SavedModelWriter() {}

  /**
   * Writes a directory; it appears whole or not at all.
   *
   * @param target the directory, in a folder that exists
   * @param weights the variables, in the order in which they are to be in the data file
   * @param variableName a variable's full name, without {@code :0}, from a tensor's name
   * @param assets contents of files in {@code assets/}, by file name
   * @param existing what to do if the target exists
   * @throws io.github.tfbit.checkpoints.OutputException if the target exists and must not, the disk
   *     is full or cannot be written
   * @throws IOException if the weights cannot be read
   */
  public static void write(
      Path target,
      Checkpoint weights,
      UnaryOperator<String> variableName,
      Map<String, byte[]> assets,
      Existing existing)
      throws IOException {
    if (!weights.tensors().isEmpty()) {
      throw unsupported(target.toString(), "another target", "a SavedModel", "wait");
    }
  }
}
