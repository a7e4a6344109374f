package io.github.tfbit.checkpoints.bundle;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;

/** The modules that TensorFlow wrote; see {@code tensorflow/README.md} among the resources. */
public final class Foreign {
  private Foreign() {}

  /** A module's directory, {@code hub1} or {@code hub2}. */
  public static Path module(String name) {
    try {
      return Path.of(
          Objects.requireNonNull(Foreign.class.getResource("/tensorflow/" + name)).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A copy of a module, to be damaged. */
  public static Path copy(String name, Path to) throws IOException {
    Path from = module(name);
    try (Stream<Path> files = Files.walk(from)) {
      for (Path f : files.toList()) {
        Files.copy(f, to.resolve(from.relativize(f).toString()));
      }
    }
    return to;
  }
}
