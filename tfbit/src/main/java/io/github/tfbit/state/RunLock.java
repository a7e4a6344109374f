package io.github.tfbit.state;

import io.github.tfbit.checkpoints.OutputException;
import io.github.tfbit.checkpoints.Problem;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps two processes from training into one directory. The lock is the operating system's, on an
 * empty file, so that it ends with its holder however that ends.
 */
public final class RunLock implements Closeable {
  private static final String NAME = ".lock";

  /**
   * Locks of this process. They must not be opened a second time: POSIX drops a process's lock on a
   * file when any of its descriptors of that file is closed.
   */
  private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private RunLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock of a directory.
   *
   * @param directory that exists
   * @return the lock, to be closed
   * @throws OutputException if another run holds it
   * @throws IOException if the directory cannot be written to
   */
  public static RunLock take(Path directory) throws IOException {
    Path file = directory.toRealPath().resolve(NAME);
    if (!OWN.add(file)) {
      throw taken(directory);
    }
    FileChannel channel = null;
    try {
      channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!lock(channel)) {
        throw taken(directory);
      }
      return new RunLock(file, channel);
    } catch (IOException | RuntimeException e) {
      if (channel != null) {
        channel.close();
      }
      OWN.remove(file);
      throw e;
    }
  }

  private static boolean lock(FileChannel channel) {
    try {
      return channel.tryLock() != null;
    } catch (IOException e) {
      return true; // a file system without locks: whoever trains there twice is not stopped
    }
  }

  private static OutputException taken(Path directory) {
    return new OutputException(
        new Problem(
            "a run that nobody is training",
            "another process, or another run of this one, at work in it",
            directory.toString(),
            "wait until it ends, stop it, or choose another place"),
        null);
  }

  /**
   * Whether a run is at work in a directory, or was killed there.
   *
   * @param directory that may exist
   * @return true if there is a lock, held or not
   */
  public static boolean isLeftIn(Path directory) {
    return Files.exists(directory.resolve(NAME));
  }

  /**
   * Refuses a directory that a run is at work in.
   *
   * @param directory that may exist
   * @throws OutputException if a run holds its lock
   * @throws IOException if that cannot be told
   */
  public static void requireFree(Path directory) throws IOException {
    if (isLeftIn(directory)) {
      take(directory).close();
    }
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
    channel.close();
    OWN.remove(file);
  }
}
