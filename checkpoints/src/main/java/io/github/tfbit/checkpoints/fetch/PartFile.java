package io.github.tfbit.checkpoints.fetch;

import io.github.tfbit.checkpoints.AtomicFile;
import io.github.tfbit.checkpoints.Existing;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A file on its way, and beside it what it is a part of. Survives the process: bytes are only ever
 * added to it, and only while the note beside it says what they belong to.
 */
final class PartFile {
  private final Path bytes;
  private final Path note;

  /**
   * A partial file.
   *
   * @param bytes where it lies
   */
  PartFile(Path bytes) {
    this.bytes = bytes;
    this.note = bytes.resolveSibling(bytes.getFileName() + ".json");
  }

  Path path() {
    return bytes;
  }

  /** Bytes that are there. */
  long length() throws IOException {
    return Files.isRegularFile(bytes, LinkOption.NOFOLLOW_LINKS) ? Files.size(bytes) : 0;
  }

  /** What they are a part of; empty if that is not known. */
  Optional<Resume> note() throws IOException {
    return Files.isRegularFile(note, LinkOption.NOFOLLOW_LINKS)
        ? Resume.parse(
            new String(Files.readAllBytes(note), java.nio.charset.StandardCharsets.UTF_8))
        : Optional.empty();
  }

  /** Empties it, and writes down what it will be a part of. */
  void begin(Resume what) throws IOException {
    discard();
    Files.createFile(bytes);
    write(what);
  }

  /** Writes down what it is a part of, while more is learnt. */
  void write(Resume what) throws IOException {
    AtomicFile.write(
        note, Existing.REPLACE, temporary -> Files.writeString(temporary, what.json()));
  }

  /** Opens it for more bytes at its end. */
  FileChannel append() throws IOException {
    return FileChannel.open(
        bytes, StandardOpenOption.APPEND, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
  }

  /** Forces it to the disk. */
  void sync() throws IOException {
    try (FileChannel channel = FileChannel.open(bytes, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /** Deletes it; the note first, so that there are never bytes with another's note. */
  void discard() throws IOException {
    Files.deleteIfExists(note);
    Files.deleteIfExists(bytes);
  }

  /** Deletes the note of a file that has been moved away, and what a kill left of writing it. */
  void forget() throws IOException {
    Files.deleteIfExists(note);
    AtomicFile.deleteAbandoned(note);
  }
}
