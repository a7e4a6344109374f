package io.github.tfbit.cli.options;

import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.cli.console.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What {@code --model M} stands for: something on disk. A shipped model is written to a temporary
 * directory, which closing deletes.
 */
public final class ModelArgument implements AutoCloseable {
  private static final Pattern CATALOGUE = Pattern.compile("BiT-[SML]-R\\d+x\\d.*");

  private final String name;
  private final Path path;
  private final Optional<TemporaryDirectory> temporary;

  private ModelArgument(String name, Path path, Optional<TemporaryDirectory> temporary) {
    this.name = name;
    this.path = path;
    this.temporary = temporary;
  }

  /**
   * Finds a model.
   *
   * @param text as typed
   * @return it, to be closed
   * @throws Failure if there is none, or none that this version reads
   * @throws IOException if a shipped model cannot be written down
   */
  public static ModelArgument resolve(String text) throws Failure, IOException {
    Path path = Path.of(text);
    if (Files.exists(path)) {
      return new ModelArgument(text, path, Optional.empty());
    }
    if (ShippedModels.names().contains(text)) {
      TemporaryDirectory directory = TemporaryDirectory.create();
      try {
        Path extracted = ShippedModels.extract(text, directory.path());
        return new ModelArgument(text, extracted, Optional.of(directory));
      } catch (IOException e) {
        directory.close();
        throw e;
      }
    }
    throw new Failure(missing(text));
  }

  private static Problem missing(String text) {
    String shipped =
        ShippedModels.names().isEmpty()
            ? ""
            : "; shipped: " + String.join(", ", ShippedModels.names());
    if (CATALOGUE.matcher(text).matches()) {
      return new Problem(
          "a model on disk" + shipped,
          "the name of a published model, and fetching comes in a later version",
          "--model " + text,
          "download " + text + ".npz yourself and give its path");
    }
    if (text.contains("@") && Files.isDirectory(Path.of(text.substring(0, text.indexOf('@'))))) {
      return new Problem(
          "a run's last weights",
          "'" + text.substring(text.indexOf('@')) + "', which comes in a later version",
          "--model " + text,
          "give the run's directory alone");
    }
    return new Problem(
        "an .npz file, a run directory or the name of a shipped model" + shipped,
        "nothing of that name",
        "--model " + text,
        "check the path");
  }

  /**
   * The model as the user named it.
   *
   * @return for messages
   */
  public String name() {
    return name;
  }

  /**
   * The model on disk.
   *
   * @return an existing file or directory, until this is closed
   */
  public Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    if (temporary.isPresent()) {
      temporary.get().close();
    }
  }
}
