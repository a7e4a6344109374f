package io.github.tfbit.converters;

import io.github.tfbit.checkpoints.Checkpoint;
import java.io.IOException;
import java.nio.file.Path;

/** The forms that BiT weights are published in. */
public enum Layout {
  /** The official numpy archive: published names, kernels HWIO. */
  NPZ("npz"),
  /** Weights of the official Keras model, HDF5: by order and shape, kernels HWIO. */
  KERAS_H5("Keras h5"),
  /** A TF2 SavedModel directory as TensorFlow Hub has it: published names, kernels HWIO. */
  HUB_SAVED_MODEL("SavedModel"),
  /** A SavedModel that this project exported for serving: its kernels are standardised already. */
  TFBIT_EXPORT("SavedModel exported by tfbit"),
  /** A TF1 module directory as TensorFlow Hub has it: published names, kernels HWIO. */
  HUB_MODULE_V1("TF1-Hub module"),
  /** A bare TensorFlow checkpoint of published names, kernels HWIO. */
  TF_CHECKPOINT("TensorFlow checkpoint"),
  /** safetensors under timm's names, kernels OIHW. */
  TIMM_SAFETENSORS("timm safetensors"),
  /** safetensors under the names of Hugging Face transformers, kernels OIHW. */
  HF_SAFETENSORS("Hugging Face safetensors");

  private final String title;

  Layout(String title) {
    this.title = title;
  }

  /**
   * What people call it.
   *
   * @return such as {@code timm safetensors}
   */
  public String title() {
    return title;
  }

  /**
   * Opens the weights of any published form; the content decides, not the name.
   *
   * @param model a file or directory, as {@link ModelFile#open} takes it
   * @return {@link ModelFile#weights}; the caller closes it, and the file with it
   * @throws io.github.tfbit.checkpoints.CheckpointException if it is missing, corrupt, or not one
   *     complete BiT network
   * @throws IOException if reading fails
   */
  public static Checkpoint open(Path model) throws IOException {
    return ModelFile.open(model).weights();
  }
}
