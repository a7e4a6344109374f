package io.github.tfbit.cli.command;

import io.github.tfbit.checkpoints.AtomicFile;
import io.github.tfbit.checkpoints.Existing;
import io.github.tfbit.checkpoints.OutputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A page that is refused before the work if it is in the way, and appears whole or not at all. */
final class PageFile implements AutoCloseable {
  private final Optional<Path> target;
  private final Optional<AtomicFile> file;

  private PageFile(Optional<Path> target, Optional<AtomicFile> file) {
    this.target = target;
    this.file = file;
  }

  /** Starts a page; empty for none at all. */
  static PageFile open(Optional<Path> target, Existing existing) throws IOException {
    Optional<AtomicFile> file =
        target.isPresent()
            ? Optional.of(AtomicFile.create(target.get(), existing))
            : Optional.empty();
    return new PageFile(target, file);
  }

  boolean isWanted() {
    return file.isPresent();
  }

  /** Writes it and moves it into place. */
  void commit(String html) throws IOException {
    AtomicFile page = file.orElseThrow();
    try {
      Files.write(page.path(), html.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw OutputException.whileWriting(target.orElseThrow(), e);
    }
    page.commit();
  }

  @Override
  public void close() throws IOException {
    if (file.isPresent()) {
      file.get().close();
    }
  }
}
