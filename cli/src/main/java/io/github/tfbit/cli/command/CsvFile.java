package io.github.tfbit.cli.command;

import io.github.tfbit.checkpoints.AtomicFile;
import io.github.tfbit.checkpoints.Existing;
import io.github.tfbit.checkpoints.OutputException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A table of values separated by commas (RFC 4180, lines end in LF), which appears whole or not at
 * all; or nothing, if no file is wanted.
 */
final class CsvFile implements AutoCloseable {
  private static final Pattern SPECIAL = Pattern.compile("[\",\r\n]");

  private final Path target;
  private final AtomicFile file;
  private final BufferedWriter writer;

  private CsvFile(Path target, AtomicFile file, BufferedWriter writer) {
    this.target = target;
    this.file = file;
    this.writer = writer;
  }

  /**
   * Starts a table.
   *
   * @param target where it will appear; empty for no table at all
   * @param existing what to do if the target exists
   * @return the table, to be committed and closed
   * @throws IOException if the target exists and must not, or cannot be written
   */
  static CsvFile open(Optional<Path> target, Existing existing) throws IOException {
    if (target.isEmpty()) {
      return new CsvFile(null, null, null);
    }
    AtomicFile file = AtomicFile.create(target.get(), existing);
    try {
      return new CsvFile(target.get(), file, Files.newBufferedWriter(file.path()));
    } catch (IOException e) {
      file.close();
      throw OutputException.whileWriting(target.get(), e);
    }
  }

  /** Writes one line. */
  void row(String... cells) throws IOException {
    if (writer != null) {
      List<String> quoted = List.of(cells).stream().map(CsvFile::quoted).toList();
      try {
        writer.write(String.join(",", quoted) + "\n");
      } catch (IOException e) {
        throw OutputException.whileWriting(target, e);
      }
    }
  }

  private static String quoted(String cell) {
    return SPECIAL.matcher(cell).find() ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
  }

  /** Moves the file into place. */
  void commit() throws IOException {
    if (writer != null) {
      try {
        writer.close();
      } catch (IOException e) {
        throw OutputException.whileWriting(target, e);
      }
      file.commit();
    }
  }

  @Override
  public void close() throws IOException {
    if (writer == null) {
      return;
    }
    try {
      writer.close();
    } catch (IOException e) {
      throw OutputException.whileWriting(target, e);
    } finally {
      file.close(); // deletes it unless it was committed
    }
  }
}
