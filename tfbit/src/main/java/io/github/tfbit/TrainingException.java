package io.github.tfbit;

import io.github.tfbit.checkpoints.Problem;
import java.io.IOException;

/** A run that could not go on, or must not start, and why. */
public final class TrainingException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  /**
   * A run that could not go on.
   *
   * @param problem expected, found, where, remedy
   */
  public TrainingException(Problem problem) {
    super(problem.message());
    this.problem = problem;
  }

  /**
   * The error in its four parts.
   *
   * @return expected, found, where, remedy
   */
  public Problem problem() {
    return problem;
  }
}
