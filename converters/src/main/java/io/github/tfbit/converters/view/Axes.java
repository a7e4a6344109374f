package io.github.tfbit.converters.view;

/** What happens to a tensor's elements between two checkpoints. */
public enum Axes {
  /** Nothing; the shape may be spelled otherwise. */
  AS_THEY_ARE,
  /** A kernel of PyTorch's order, outputs first, is turned to TensorFlow's. */
  OIHW_TO_HWIO,
  /** A kernel of TensorFlow's order, outputs last, is turned to PyTorch's. */
  HWIO_TO_OIHW;

  /** What one after the other comes to; null if that is none of these. */
  Axes then(Axes next) {
    if (this == AS_THEY_ARE) {
      return next;
    }
    if (next == AS_THEY_ARE) {
      return this;
    }
    return this == next ? null : AS_THEY_ARE;
  }
}
