package io.github.tfbit.survey;

import io.github.tfbit.checkpoints.Problem;
import java.util.Objects;

/**
 * A picture that cannot be decoded.
 *
 * @param split part of the data set that it is in
 * @param index in that part
 * @param problem what is wrong; names the picture
 */
public record BadPicture(String split, int index, Problem problem) {
  /** Refuses nulls. */
  public BadPicture {
    Objects.requireNonNull(split, "split");
    Objects.requireNonNull(problem, "problem");
  }
}
