package io.github.tfbit.data;

import io.github.tfbit.checkpoints.Problem;
import java.io.IOException;

/** A data set that cannot be used, and why. */
public final class DataException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  /**
   * A data set that cannot be used.
   *
   * @param problem expected, found, where, remedy
   */
  public DataException(Problem problem) {
    this(problem, null);
  }

  /**
   * A data set that cannot be used.
   *
   * @param problem expected, found, where, remedy
   * @param cause what revealed it, or null
   */
  public DataException(Problem problem, Throwable cause) {
    super(problem.message(), cause);
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
