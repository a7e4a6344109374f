package io.github.tfbit.cli.console;

import io.github.tfbit.TrainingException;
import io.github.tfbit.checkpoints.CheckpointException;
import io.github.tfbit.checkpoints.OutputException;
import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.checkpoints.fetch.FetchException;
import io.github.tfbit.data.DataException;
import io.github.tfbit.data.ImageException;
import io.github.tfbit.doctor.UnusableModelException;
import io.github.tfbit.graph.RuntimeProblemException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Every exception as the four parts that the user reads. */
public final class Problems {
  private Problems() {}

  /**
   * Says what an exception means to the user.
   *
   * @param e what a command ended with
   * @return the four parts
   */
  public static Problem of(Throwable e) {
    if (e instanceof Failure f) {
      return f.problem();
    } else if (e instanceof CheckpointException c) {
      return c.problem();
    } else if (e instanceof FetchException f) {
      return f.problem();
    } else if (e instanceof OutputException o) {
      return o.problem();
    } else if (e instanceof DataException d) {
      return d.problem();
    } else if (e instanceof ImageException i) {
      return i.problem();
    } else if (e instanceof UnusableModelException u) {
      return u.problem();
    } else if (e instanceof TrainingException t) {
      return t.problem();
    } else if (e instanceof RuntimeProblemException r) {
      return r.problem();
    } else if (e instanceof FileSystemException f) {
      return ofFile(f);
    } else if (e instanceof OutOfMemoryError) {
      return new Problem(
          "enough memory",
          "none left (" + e.getMessage() + ")",
          "the Java heap or the machine",
          "use a smaller --batch or --size, or more heap: TFBIT_JAVA_OPTS=-Xmx4g");
    }
    return unexpected(e);
  }

  /** Not foreseen: what is known, and how to learn more. */
  private static Problem unexpected(Throwable e) {
    String message = e.getMessage() == null ? e.getClass().getName() : e.getMessage();
    if (e instanceof IOException || e instanceof IllegalArgumentException) {
      return new Problem(
          "the work to go through",
          message,
          e.getClass().getSimpleName(),
          "correct the cause; --verbose shows more");
    }
    return new Problem(
        "the work to go through",
        e.getClass().getSimpleName() + ": " + message,
        "tfbit itself; this is a fault of tfbit or of TensorFlow",
        "run it again with --verbose and report what it prints");
  }

  private static Problem ofFile(FileSystemException e) {
    String file = e.getFile() == null ? "the file system" : e.getFile();
    if (e instanceof NoSuchFileException) {
      return new Problem("a file or directory", "nothing", file, "check the path");
    } else if (e instanceof AccessDeniedException) {
      return new Problem(
          "permission to read or write it", "none", file, "check the owner and the mode");
    } else if (e instanceof FileAlreadyExistsException) {
      return new Problem("nothing in the way", "a file", file, "choose another place");
    }
    if (OutputException.whileWriting(Path.of(file), e) instanceof OutputException o) {
      return o.problem();
    }
    return unexpected(e);
  }
}
