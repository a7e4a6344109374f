package io.github.tfbit.converters.write;

import io.github.tfbit.converters.Layout;

/** The forms that weights are written in, for the readers that live. */
public enum Target {
  /** The official numpy archive. */
  NPZ(Layout.NPZ),
  /** safetensors and {@code config.json} for timm. */
  TIMM(Layout.TIMM_SAFETENSORS),
  /** safetensors and two configuration files for Hugging Face transformers. */
  HF(Layout.HF_SAFETENSORS),
  /** A SavedModel directory of variables as TensorFlow Hub has them. */
  SAVEDMODEL(Layout.HUB_SAVED_MODEL);

  private final Layout layout;

  Target(Layout layout) {
    this.layout = layout;
  }

  /**
   * The form that it is read in again.
   *
   * @return its layout
   */
  public Layout layout() {
    return layout;
  }
}
