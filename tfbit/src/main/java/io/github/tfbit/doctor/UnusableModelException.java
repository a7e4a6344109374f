package io.github.tfbit.doctor;

import io.github.tfbit.checkpoints.Problem;
import java.io.IOException;

/** A model that cannot be asked about pictures: no such endpoint, no such signature. */
public final class UnusableModelException extends IOException {
  private static final long serialVersionUID = 1;

  private final transient Problem problem;

  UnusableModelException(Problem problem) {
    super(problem.toString());
    this.problem = problem;
  }

  /**
   * What is wrong.
   *
   * @return in four parts
   */
  public Problem problem() {
    return problem;
  }
}
