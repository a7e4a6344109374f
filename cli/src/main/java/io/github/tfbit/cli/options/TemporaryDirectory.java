package io.github.tfbit.cli.options;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A directory that is gone when it is closed. */
public final class TemporaryDirectory implements AutoCloseable {
  private final Path path;

  private TemporaryDirectory(Path path) {
    this.path = path;
  }

  /**
   * Makes one where the system keeps temporary files.
   *
   * @return an empty directory, to be closed
   * @throws IOException if there is no room for it
   */
  public static TemporaryDirectory create() throws IOException {
    return new TemporaryDirectory(Files.createTempDirectory("tfbit-"));
  }

  /**
   * Where it is.
   *
   * @return its path
   */
  public Path path() {
    return path;
  }

  /** Deletes it and all that is in it. */
  @Override
  public void close() throws IOException {
    List<Path> inside;
    try (Stream<Path> tree = Files.walk(path)) {
      inside = tree.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path p : inside) {
      Files.deleteIfExists(p);
    }
  }
}
