package io.github.tfbit.converters;

import java.util.Objects;

/**
 * The linear layer on the pre-logits.
 *
 * @param classes how many, at least 1
 * @param activation how its logits become probabilities
 */
public record Head(int classes, Activation activation) {
  /** Checks the number of classes. */
  public Head {
    Objects.requireNonNull(activation, "activation");
    if (classes < 1) {
      throw new IllegalArgumentException("expected at least one class, found " + classes);
    }
  }
}
