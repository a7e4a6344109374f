package io.github.tfbit.fewshot;

import java.util.Locale;

/** How a trial learns from its pictures. */
public enum Method {
  /** The whole network by BiT-HyperRule, as the paper does (section 3.3). */
  FINETUNE,
  /** The same from random weights in place of the model's, to compare. */
  SCRATCH,
  /** The head alone by BiT-HyperRule, from features that are computed once. */
  FROZEN,
  /** The head alone by regularised least squares, {@code fewshot_lsr} of big_vision. */
  PROBE;

  /**
   * The name in tables.
   *
   * @return in lower case
   */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
