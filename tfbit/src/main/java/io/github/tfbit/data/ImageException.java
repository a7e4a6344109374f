package io.github.tfbit.data;

import io.github.tfbit.checkpoints.Problem;
import java.io.IOException;

/** A picture that cannot be decoded, and why; the message names the picture. */
public final class ImageException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  /**
   * A picture that cannot be decoded.
   *
   * @param problem expected, found, where, remedy
   */
  public ImageException(Problem problem) {
    this(problem, null);
  }

  /**
   * A picture that cannot be decoded.
   *
   * @param problem expected, found, where, remedy
   * @param cause what revealed it, or null
   */
  public ImageException(Problem problem, Throwable cause) {
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
