package io.github.tfbit.converters.write;

import io.github.tfbit.checkpoints.OutputException;
import io.github.tfbit.checkpoints.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Keeps a directory of somebody else from being replaced by a model. */
final class Replaceable {
  private Replaceable() {}

  /** Refuses a directory that holds more than the files of a model. */
  static void require(Path directory, List<String> known) throws IOException {
    if (!Files.isDirectory(directory)) {
      return;
    }
    Optional<String> other;
    try (Stream<Path> entries = Files.list(directory)) {
      other =
          entries
              .map(p -> String.valueOf(p.getFileName()))
              .filter(name -> !known.contains(name))
              .findFirst();
    }
    if (other.isPresent()) {
      throw new OutputException(
          new Problem(
              "nothing there, or a directory of nothing but a model",
              "'" + other.get() + "' in it",
              directory.toString(),
              "choose another target: the directory would be replaced as a whole"),
          null);
    }
  }
}
