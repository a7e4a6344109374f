package io.github.tfbit.checkpoints;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What {@link AtomicFile} and {@link AtomicDirectory} share: names beside a target, and moves. */
final class Siblings {
  private Siblings() {}

  /** A name beside the target that nobody else uses; hidden, so that data sets pass over it. */
  static Path unique(Path target, String suffix) {
    String id = UUID.randomUUID().toString().substring(0, 8);
    return target.resolveSibling("." + target.getFileName() + "." + id + suffix);
  }

  /** Temporary siblings of a target, whoever made them. */
  static List<Path> temporary(Path target) throws IOException {
    String name = Pattern.quote("." + target.getFileName()) + "\\.[0-9a-f]{8}\\.part";
    try (Stream<Path> entries = Files.list(target.toAbsolutePath().getParent())) {
      return entries.filter(p -> String.valueOf(p.getFileName()).matches(name)).toList();
    }
  }

  /** Refuses a target that exists when it must not, and one whose folder does not exist. */
  static Path check(Path target, Existing existing) throws OutputException {
    Path absolute = target.toAbsolutePath().normalize();
    if (absolute.getFileName() == null) {
      throw refused(
          target, "a name in a folder", "a root directory", "name a file or folder in it");
    }
    if (!Files.isDirectory(absolute.getParent())) {
      throw refused(
          target,
          "an existing folder to write into",
          "no folder " + absolute.getParent(),
          "create it or choose another place");
    }
    if (existing == Existing.REFUSE && Files.exists(absolute, LinkOption.NOFOLLOW_LINKS)) {
      throw exists(target);
    }
    return absolute;
  }

  static OutputException exists(Path target) {
    return refused(
        target,
        "nothing at the target yet",
        "an existing " + (Files.isDirectory(target) ? "directory" : "file"),
        "choose another target or ask for it to be replaced (--force)");
  }

  static OutputException refused(Path target, String expected, String found, String remedy) {
    return new OutputException(new Problem(expected, found, target.toString(), remedy), null);
  }

  static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
