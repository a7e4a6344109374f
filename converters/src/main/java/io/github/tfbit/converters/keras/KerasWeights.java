package io.github.tfbit.converters.keras;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.CheckpointException;
import io.github.tfbit.checkpoints.TensorInfo;
import io.github.tfbit.checkpoints.hdf5.Hdf5Reader;
import io.github.tfbit.converters.view.MappedCheckpoint;
import io.github.tfbit.converters.view.Mapping;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

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
    List<Mapping> mappings = new ArrayList<>();
    ByOrder.published(file, WeightList.of(file))
        .forEach((name, weight) -> mappings.add(mapping(name, weight.info())));
    return MappedCheckpoint.of(file, mappings);
  }

  /** Keras' head is a dense layer, {@code [F, C]}; the published one a convolution of 1x1. */
  private static Mapping mapping(String name, TensorInfo stored) {
    List<Integer> shape = new ArrayList<>(stored.shape());
    if (shape.size() == 2) {
      shape.addAll(0, List.of(1, 1));
    }
    return Mapping.reshaped(stored, name, shape);
  }
}
