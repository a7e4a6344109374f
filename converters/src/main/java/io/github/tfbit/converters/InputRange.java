package io.github.tfbit.converters;

import java.util.Objects;

/**
 * What values a published artefact wants its pictures in when its own runtime runs it. The weights
 * are the same whatever it is: in this project's graphs they always get [-1, 1].
 *
 * @param low value of black
 * @param high value of white
 * @param source how that is known, for people
 */
public record InputRange(float low, float high, String source) {
  /** Checks that low is below high. */
  public InputRange {
    Objects.requireNonNull(source, "source");
    if (!(low < high)) {
      throw new IllegalArgumentException("expected low < high, found " + low + " and " + high);
    }
  }

  /**
   * The range that the weights were trained with.
   *
   * @param source how that is known
   * @return [-1, 1]
   */
  public static InputRange symmetric(String source) {
    return new InputRange(-1, 1, source);
  }

  /**
   * The range of modules that turn it into [-1, 1] themselves.
   *
   * @param source how that is known
   * @return [0, 1]
   */
  public static InputRange unit(String source) {
    return new InputRange(0, 1, source);
  }
}
