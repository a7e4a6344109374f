package io.github.tfbit.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The numbered directories of a served model; TensorFlow Serving takes the highest. */
public final class Versions {
  private Versions() {}

  /**
   * The number after the highest that is taken.
   *
   * @param base the model's directory; need not exist
   * @return 1 if there is none yet
   * @throws IOException if the directory cannot be read
   */
  public static long next(Path base) throws IOException {
    if (!Files.isDirectory(base)) {
      return 1;
    }
    try (Stream<Path> entries = Files.list(base)) {
      return 1 + entries.mapToLong(e -> number(e.getFileName().toString())).max().orElse(0);
    }
  }

  /** The whole number that a name is in decimal digits, 0 for any other name. */
  private static long number(String name) {
    boolean digits = !name.isEmpty() && name.chars().allMatch(c -> c >= '0' && c <= '9');
    return digits && name.length() < 19 ? Long.parseLong(name) : 0;
  }
}
