package io.github.tfbit.converters;

import java.util.Objects;

/**
 * One tensor by which two sets of weights differ.
 *
 * @param name published
 * @param kind in what
 */
public record TensorDifference(String name, Kind kind) {
  /** In what two sets of weights differ. */
  public enum Kind {
    /** The other has no tensor of that name. */
    ONLY_HERE,
    /** Only the other has it. */
    ONLY_THERE,
    /** Both have it, in different shapes. */
    SHAPE,
    /** Both have it in one shape, with at least one other bit. */
    VALUES
  }

  /** Checks that no part is missing. */
  public TensorDifference {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(kind, "kind");
  }
}
