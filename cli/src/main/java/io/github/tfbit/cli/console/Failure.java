package io.github.tfbit.cli.console;

import io.github.tfbit.checkpoints.Problem;

/** Why a command could not do its work, in the four parts that the user reads; exit status 1. */
public final class Failure extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  /**
   * A failure that the command itself found.
   *
   * @param problem the four parts
   */
  public Failure(Problem problem) {
    this(problem, null);
  }

  /**
   * A failure with a cause.
   *
   * @param problem the four parts
   * @param cause what revealed it, or null
   */
  public Failure(Problem problem, Throwable cause) {
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
