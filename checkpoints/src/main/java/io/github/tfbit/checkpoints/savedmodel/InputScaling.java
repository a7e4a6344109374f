package io.github.tfbit.checkpoints.savedmodel;

/** What a module's graph does with its picture before the network sees it. */
public enum InputScaling {
  /** It computes {@code 2x - 1}: the module wants [0, 1], as Google's do. */
  SCALED_INSIDE,
  /** The picture goes into the first layer as it is: the module wants [-1, 1]. */
  NOT_SCALED,
  /** Neither of both could be recognised. */
  UNKNOWN
}
