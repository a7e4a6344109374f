package io.github.tfbit.converters;

/** How a model's pictures were resized when it was judged. */
public enum Interpolation {
  /** Between four neighbours; the official code's. */
  BILINEAR,
  /** Between sixteen neighbours; the distilled models'. */
  BICUBIC
}
