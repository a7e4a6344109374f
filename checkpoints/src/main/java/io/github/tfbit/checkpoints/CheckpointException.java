package io.github.tfbit.checkpoints;

import java.io.IOException;

/**
 * A checkpoint file that cannot be used, and why: corrupt, unsupported or not what was asked for.
 */
public abstract sealed class CheckpointException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  private CheckpointException(Problem problem, Throwable cause) {
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

  /** The bytes contradict the format: cut off, a wrong checksum, an impossible length. */
  public static final class Corrupt extends CheckpointException {
    private static final long serialVersionUID = 1L;

    /**
     * A corrupt file.
     *
     * @param problem the four parts
     * @param cause what revealed it, or null
     */
    public Corrupt(Problem problem, Throwable cause) {
      super(problem, cause);
    }
  }

  /** A valid file that uses something this library does not read. */
  public static final class Unsupported extends CheckpointException {
    private static final long serialVersionUID = 1L;

    /**
     * An unsupported file.
     *
     * @param problem the four parts
     * @param cause what revealed it, or null
     */
    public Unsupported(Problem problem, Throwable cause) {
      super(problem, cause);
    }
  }

  /** A readable file that is not the one that was needed: other names, shapes or values. */
  public static final class Mismatch extends CheckpointException {
    private static final long serialVersionUID = 1L;

    /**
     * A mismatch.
     *
     * @param problem the four parts
     */
    public Mismatch(Problem problem) {
      super(problem, null);
    }
  }
}
