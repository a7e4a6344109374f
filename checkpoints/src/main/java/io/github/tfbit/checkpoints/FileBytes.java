package io.github.tfbit.checkpoints;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/**
 * A file that is read for as long as a checkpoint is open. Each read opens a channel of its own:
 * interrupting a thread closes the channel that it reads from, and must not close it for others.
 */
public final class FileBytes {
  private final Path path;
  private final long size;
  private final FileTime modified;
  private volatile boolean closed;

  private FileBytes(Path path, long size, FileTime modified) {
    this.path = path;
    this.size = size;
    this.modified = modified;
  }

  /**
   * Remembers a file as it is now.
   *
   * @param path of a regular file
   * @return its bytes; nothing is held open
   * @throws CheckpointException.Missing if there is no such file
   * @throws CheckpointException.Unsupported if it is a directory or the like
   * @throws IOException if its attributes cannot be read
   */
  public static FileBytes of(Path path) throws IOException {
    BasicFileAttributes attributes;
    try {
      attributes = Files.readAttributes(path, BasicFileAttributes.class);
    } catch (NoSuchFileException e) {
      throw new CheckpointException.Missing(
          new Problem("a file", "nothing of that name", path.toString(), "check the path"), e);
    }
    if (!attributes.isRegularFile()) {
      String found = attributes.isDirectory() ? "a directory" : "something else";
      throw CheckpointException.unsupported(path.toString(), "a file", found, "name a file");
    }
    return new FileBytes(path, attributes.size(), attributes.lastModifiedTime());
  }

  /**
   * Size of the file.
   *
   * @return bytes
   */
  public long size() {
    return size;
  }

  /**
   * The file's name, for messages.
   *
   * @return its path as given
   */
  public String where() {
    return path.toString();
  }

  /**
   * Opens the file to read from it.
   *
   * @return a channel that the caller closes
   * @throws IllegalStateException after {@link #close}
   * @throws CheckpointException.Corrupt if the file is not the one it was
   * @throws IOException if opening fails
   */
  public FileChannel open() throws IOException {
    if (closed) {
      throw new IllegalStateException(path + ": expected an open checkpoint, found a closed one");
    }
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    try {
      if (channel.size() == size && Files.getLastModifiedTime(path).equals(modified)) {
        return channel;
      }
      throw new CheckpointException.Corrupt(
          new Problem(
              "the file that was opened, " + size + " bytes of " + modified,
              channel.size() + " bytes of " + Files.getLastModifiedTime(path),
              where(),
              "it changed while it was open: open it again when it is complete"),
          null);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Refuses every later {@link #open}. */
  public void close() {
    closed = true;
  }
}
