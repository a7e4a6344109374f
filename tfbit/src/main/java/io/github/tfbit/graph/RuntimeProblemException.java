package io.github.tfbit.graph;

import io.github.tfbit.checkpoints.Problem;

/**
 * TensorFlow cannot run as asked for on this machine: a native or a GPU's libraries are missing.
 */
public final class RuntimeProblemException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  /**
   * What is missing.
   *
   * @param problem the four parts
   */
  public RuntimeProblemException(Problem problem) {
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
