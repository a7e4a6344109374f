package io.github.tfbit.checkpoints.fetch;

import io.github.tfbit.checkpoints.Problem;
import java.io.IOException;
import java.util.Objects;

/** A fetch that ended without a file, and why. Nothing wrong has entered the cache. */
public final class FetchException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Kinds of failure. */
  public enum Reason {
    /** Connections are not allowed, and the file is not in the cache. */
    OFFLINE,
    /** The server has no such file, or does not give it to everybody. */
    NOT_THERE,
    /** No server answered, or none went on answering. */
    UNREACHABLE,
    /** What the server sends is not the file that was asked for. */
    WRONG_CONTENT,
    /** The server breaks the rules of HTTP, or leads astray. */
    PROTOCOL,
    /** No room, or no permission to write. */
    DISK
  }

  private final Reason reason;
  private final transient Problem problem;

  /**
   * A failed fetch.
   *
   * @param reason what kind of failure it is
   * @param problem the four parts
   * @param cause what revealed it, or null
   */
  public FetchException(Reason reason, Problem problem, Throwable cause) {
    super(problem.message(), cause);
    this.reason = Objects.requireNonNull(reason, "reason");
    this.problem = problem;
  }

  /**
   * What kind of failure it is.
   *
   * @return for programs
   */
  public Reason reason() {
    return reason;
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
