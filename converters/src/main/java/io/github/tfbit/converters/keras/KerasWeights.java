package io.github.tfbit.converters.keras;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.CheckpointException;
import io.github.tfbit.checkpoints.hdf5.Hdf5Reader;
import java.io.IOException;

/**
 * BiT weights in a Keras file, under the published names.
 *
 * <p>Weights are told by order and rank, as Keras itself loads them; their names, which differ
 * between versions, must only not contradict. What the network is, the tensors say: two of the
 * published h5 files hold another one than their names promise.
 */
public final class KerasWeights {
  private KerasWeights() {}

  /**
   * The tensors of a Keras file under the published names.
   *
   * @param file written by {@code save_weights} or {@code model.save} of Keras 2; closed with the
   *     view, and not closed if there is none
   * @return a lazy view in the order of the published files, kernels HWIO, the head's kernel {@code
   *     [1, 1, features, classes]}
   * @throws CheckpointException.Mismatch if the file holds no BiT network; the message names the
   *     first weight that is not as expected
   * @throws CheckpointException.Corrupt if an attribute is damaged
   * @throws IOException if reading fails
   */
  public static Checkpoint published(Hdf5Reader file) throws IOException {
    return new PublishedView(file, ByOrder.published(file, WeightList.of(file)));
  }
}
