package io.github.tfbit.contract;

/** What came of looking at a rule. */
public enum Outcome {
  /** It is kept. */
  PASS,
  /** It is broken. */
  FAIL,
  /** There is nothing that it speaks of, or it could not be looked at. */
  NOT_APPLICABLE
}
