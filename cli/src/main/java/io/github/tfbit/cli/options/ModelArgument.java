package io.github.tfbit.cli.options;

import io.github.tfbit.Run;
import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.checkpoints.TemporaryDirectory;
import io.github.tfbit.checkpoints.fetch.ModelCache;
import io.github.tfbit.cli.console.Console;
import io.github.tfbit.cli.console.Failure;
import io.github.tfbit.converters.catalogue.Catalogue;
import io.github.tfbit.converters.catalogue.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What {@code --model M} stands for: something on disk. A published model is taken from the cache
 * or fetched into it; a shipped one is written to a temporary directory, which closing deletes.
 */
public final class ModelArgument implements AutoCloseable {
  private static final String BEST = "@best";

  private final String name;
  private final Path path;
  private final boolean best;
  private final Optional<TemporaryDirectory> temporary;

  private ModelArgument(
      String name, Path path, boolean best, Optional<TemporaryDirectory> temporary) {
    this.name = name;
    this.path = path;
    this.best = best;
    this.temporary = temporary;
  }

  /**
   * Finds a model.
   *
   * @param text as typed
   * @param console to show progress on if it has to be fetched
   * @return it, to be closed
   * @throws Failure if there is none, or none that this version reads
   * @throws IOException if a shipped model cannot be written down, or a published one not be had
   */
  public static ModelArgument resolve(String text, Console console) throws Failure, IOException {
    return resolve(text, "--model " + text, console);
  }

  /**
   * As {@link #resolve(String, Console)} for a model that is no option's.
   *
   * @param text as typed
   * @param where it was typed, for messages
   * @param console to show progress on if it has to be fetched
   * @return it, to be closed
   * @throws Failure if there is none, or none that this version reads
   * @throws IOException if a shipped model cannot be written down, or a published one not be had
   */
  public static ModelArgument resolve(String text, String where, Console console)
      throws Failure, IOException {
    Optional<Path> onDisk = onDisk(text);
    if (onDisk.isPresent()) {
      return new ModelArgument(text, onDisk.get(), false, Optional.empty());
    }
    Optional<Path> run = bestOf(text);
    if (run.isPresent()) {
      return new ModelArgument(text, run.get(), true, Optional.empty());
    }
    Optional<Entry> published = Catalogue.published().find(text);
    String name = published.map(Entry::name).orElse(text);
    if (ShippedModels.names().contains(name)) {
      TemporaryDirectory directory = TemporaryDirectory.create();
      try {
        Path extracted = ShippedModels.extract(name, directory.path());
        return new ModelArgument(text, extracted, false, Optional.of(directory));
      } catch (IOException e) {
        directory.close();
        throw e;
      }
    }
    if (published.isPresent()) {
      ModelCache cache = ModelCache.of(System.getenv());
      Path fetched = new FetchedModels(cache, Optional.empty(), console).fetch(published.get());
      return new ModelArgument(text, fetched, false, Optional.empty());
    }
    throw new Failure(missing(text, where));
  }

  /**
   * Not every name of a model is a path: an address, for example. A TensorFlow checkpoint goes by
   * the prefix of its files' names.
   */
  private static Optional<Path> onDisk(String text) {
    try {
      return Optional.of(Path.of(text))
          .filter(p -> Files.exists(p) || Files.exists(Path.of(text + ".index")));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /** The run that {@code RUN@best} is of. */
  private static Optional<Path> bestOf(String text) {
    return text.endsWith(BEST)
        ? onDisk(text.substring(0, text.length() - BEST.length())).filter(Run::isRun)
        : Optional.empty();
  }

  private static Problem missing(String text, String where) {
    return new Problem(
        "a model file or directory, a run directory or the name of a published model",
        "nothing of that name",
        where,
        "check the path; " + FetchedModels.nearest(text));
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

  /**
   * Whether of a run the best weights are meant, not the last.
   *
   * @return true for {@code RUN@best}
   */
  public boolean best() {
    return best;
  }

  @Override
  public void close() throws IOException {
    if (temporary.isPresent()) {
      temporary.get().close();
    }
  }
}
