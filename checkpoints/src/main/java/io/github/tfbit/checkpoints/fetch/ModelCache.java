package io.github.tfbit.checkpoints.fetch;

import io.github.tfbit.checkpoints.Problem;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The folder of fetched files. Safe from any thread and any number of processes. */
public final class ModelCache {
  private final Path folder;

  private ModelCache(Path folder) {
    this.folder = Objects.requireNonNull(folder, "folder");
  }

  /**
   * The cache that the environment asks for.
   *
   * @param environment variables, such as {@link System#getenv()}
   * @return the cache
   */
  public static ModelCache of(Map<String, String> environment) {
    return new ModelCache(Path.of(environment.getOrDefault("TFBIT_CACHE", "cache")));
  }

  /**
   * What is there, verified.
   *
   * @param artefact to look for
   * @return the file or directory, empty if it is not there or damaged
   * @throws IOException if reading fails
   */
  public Optional<Path> find(Artefact artefact) throws IOException {
    return Optional.empty();
  }

  /**
   * What is there, or else what is fetched.
   *
   * @param artefact to have
   * @param mirror address to fetch it under; empty for where it was published
   * @param listener hears how it goes
   * @return the verified file or directory
   * @throws FetchException if it cannot be had
   * @throws IOException if reading or writing fails
   */
  public Path fetch(Artefact artefact, Optional<URI> mirror, FetchListener listener)
      throws IOException {
    Optional<Path> there = find(artefact);
    if (there.isPresent()) {
      return there.get();
    }
    throw new FetchException(
        FetchException.Reason.OFFLINE,
        new Problem("a file", "none", folder.toString(), "wait"),
        null);
  }
}
