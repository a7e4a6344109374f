package io.github.tfbit.checkpoints;

import java.io.IOException;

/**
 * A checkpoint file that cannot be used, and why: missing, corrupt, unsupported or not what was
 * asked for.
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

  /**
   * A corrupt file, with the remedy that nearly always helps.
   *
   * @param where file, and as far as known the tensor or byte offset
   * @param expected what was expected
   * @param found what was found instead
   * @return the error
   */
  public static Corrupt corrupt(String where, String expected, String found) {
    return new Corrupt(
        new Problem(expected, found, where, "the file is damaged: copy or download it again"),
        null);
  }

  /**
   * A file that uses something this library does not read.
   *
   * @param where file, and as far as known the tensor
   * @param expected what is read
   * @param found what was found instead
   * @param remedy what to do about it
   * @return the error
   */
  public static Unsupported unsupported(
      String where, String expected, String found, String remedy) {
    return new Unsupported(new Problem(expected, found, where, remedy), null);
  }

  /** There is no such file. */
  public static final class Missing extends CheckpointException {
    private static final long serialVersionUID = 1L;

    /**
     * A missing file.
     *
     * @param problem the four parts
     * @param cause what revealed it, or null
     */
    public Missing(Problem problem, Throwable cause) {
      super(problem, cause);
    }
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
