package io.github.tfbit.checkpoints;

/** What happens to an output that is already there. */
public enum Existing {
  /** It stays, and writing is refused before anything is written. */
  REFUSE,
  /** It is replaced, in one step, when the new one is whole. */
  REPLACE
}
