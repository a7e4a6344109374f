package io.github.tfbit.converters;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.npz.NpzReader;
import java.io.IOException;
import java.nio.file.Path;

/** The forms that BiT weights are published in. */
public enum Layout {
  /** The official numpy archive. */
  NPZ;

  /**
   * Opens a file of any published form; the content decides, not the name. Irregular names such as
   * {@code standardized_conv2d_17} are normalised.
   *
   * @param model the file
   * @return its tensors under the published names, kernels HWIO; the caller closes it
   * @throws io.github.tfbit.checkpoints.CheckpointException if it is missing, corrupt or of another
   *     form, which the message names
   * @throws IOException if reading fails
   */
  public static Checkpoint open(Path model) throws IOException {
    Signature.requireZip(model);
    Checkpoint npz = NpzReader.open(model);
    try {
      return RegularNames.of(npz);
    } catch (IOException e) {
      npz.close();
      throw e;
    }
  }
}
