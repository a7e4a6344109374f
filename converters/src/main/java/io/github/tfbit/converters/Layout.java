package io.github.tfbit.converters;

import io.github.tfbit.checkpoints.Checkpoint;
import java.io.IOException;
import java.nio.file.Path;

/** The forms that BiT weights are published in. */
public enum Layout {
  /** The official numpy archive. */
  NPZ;

  /**
   * Opens a file of any published form; the content decides, not the name.
   *
   * @param model the file
   * @return its tensors under the published names, kernels HWIO; the caller closes it
   * @throws io.github.tfbit.checkpoints.CheckpointException if it is corrupt or of another form
   * @throws IOException if reading fails
   */
  public static Checkpoint open(Path model) throws IOException {
    return java.util.Optional.<Checkpoint>empty()
        .orElseThrow(() -> new IOException("not built: " + model));
  }
}
