package io.github.tfbit.checkpoints.archive;

import io.github.tfbit.checkpoints.TemporaryDirectory;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/**
 * An archive's contents in a temporary directory, which closing deletes, and the end of the JVM if
 * nobody closed. Whoever opened it closes it, after everything that was opened in it.
 */
public final class UnpackedArchive implements Closeable {
  private final TemporaryDirectory directory;
  private final Path root;

  UnpackedArchive(TemporaryDirectory directory, Path root) {
    this.directory = directory;
    this.root = root;
  }

  /**
   * What is to be opened.
   *
   * @return the only file or directory at the archive's top level, or the directory of all that was
   *     in it if there are several
   */
  public Path root() {
    return root;
  }

  @Override
  public void close() throws IOException {
    directory.close();
  }
}
