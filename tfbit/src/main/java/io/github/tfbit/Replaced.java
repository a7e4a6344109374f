package io.github.tfbit;

import io.github.tfbit.checkpoints.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The directory that a new RUN takes the place of: renamed to a sibling while the new one has no
 * weights, so that a finished RUN is lost to nothing less than a finished one.
 */
final class Replaced {
  private static final String SUFFIX = ".replaced";

  private final Path directory;
  private final Optional<Path> aside;

  private Replaced(Path directory, Optional<Path> aside) {
    this.directory = directory;
    this.aside = aside;
  }

  /** Nothing is replaced. */
  static Replaced nothing(Path directory) {
    return new Replaced(directory, Optional.empty());
  }

  /** Renames what is there, if anything is. */
  static Replaced setAside(Path directory) throws IOException {
    if (!exists(directory)) {
      return new Replaced(directory, Optional.empty());
    }
    Path aside = aside(directory);
    Files.move(directory.toAbsolutePath().normalize(), aside);
    return new Replaced(directory, Optional.of(aside));
  }

  /** The sibling that a directory is renamed to: the first name that is free. */
  static Path aside(Path directory) {
    Path whole = directory.toAbsolutePath().normalize();
    String name = whole.getFileName() + SUFFIX;
    Path free = whole.resolveSibling(name);
    for (int i = 2; exists(free); i++) {
      free = whole.resolveSibling(name + "-" + i);
    }
    return free;
  }

  /** Gives it its name back; nothing may be there any more. */
  void putBack() throws IOException {
    if (aside.isPresent()) {
      Files.move(aside.get(), directory.toAbsolutePath().normalize());
    }
  }

  /** Without weights it is worth no more than what is in its place now. */
  void deleteUnlessFinished() {
    if (aside.isPresent() && !Files.exists(aside.get().resolve(RunFiles.WEIGHTS))) {
      delete();
    }
  }

  /** Deletes it; failing to is no failure of the run that is in its place. */
  void delete() {
    if (aside.isEmpty()) {
      return;
    }
    try {
      FileTree.delete(aside.get());
    } catch (IOException e) {
      System.getLogger(Replaced.class.getName())
          .log(System.Logger.Level.WARNING, aside.get() + " was replaced but not deleted", e);
    }
  }

  private static boolean exists(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }
}
