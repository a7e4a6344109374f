package io.github.tfbit.image;

/** Mirroring of training pictures. */
public enum Flip {
  /** Left stays left: for tasks where the side matters. */
  NONE,
  /** Every second picture at random, left for right. */
  HORIZONTAL
}
