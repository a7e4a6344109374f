package io.github.tfbit.checkpoints;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** An output that could not be written, and why; nothing of it is left behind. */
public final class OutputException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  /**
   * An output that could not be written.
   *
   * @param problem the four parts
   * @param cause what revealed it, or null
   */
  public OutputException(Problem problem, Throwable cause) {
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
   * Says what a failure while writing means to the user; a full disk is told apart.
   *
   * @param target what was to be written
   * @param cause the failure
   * @return the cause itself if it already speaks in four parts, else an error that keeps it
   */
  public static IOException whileWriting(Path target, IOException cause) {
    if (cause instanceof OutputException
        || cause instanceof CheckpointException
        || cause instanceof java.io.InterruptedIOException
        || cause instanceof java.nio.channels.ClosedByInterruptException) {
      return cause;
    }
    String reason = String.valueOf(cause.getMessage());
    if (reason.toLowerCase(Locale.ROOT).contains("file too large")) {
      return new OutputException(
          new Problem(
              "a file of any size",
              "a limit of the system on the size of files (" + reason + ")",
              target.toString(),
              "raise it (ulimit -f unlimited) or choose another file system; nothing was left"
                  + " behind"),
          cause);
    }
    boolean full = isFull(reason);
    return new OutputException(
        new Problem(
            full ? "room for the whole output" : "a writable place",
            full
                ? "a full disk (" + reason + ")"
                : cause.getClass().getSimpleName() + ": " + reason,
            target.toString(),
            full
                ? "free space there or choose another place; nothing was left behind"
                : "check the place and its permissions; nothing was left behind"),
        cause);
  }

  /** The JDK has no type for a full disk, only the system's words. */
  private static boolean isFull(String reason) {
    String r = reason.toLowerCase(Locale.ROOT);
    return r.contains("no space left")
        || r.contains("not enough space")
        || r.contains("disk quota exceeded");
  }
}
