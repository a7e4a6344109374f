package io.github.tfbit.checkpoints;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Marks temporary directories whose process lives: a locked file beside each, which the system
 * unlocks when the process ends, however it ends.
 */
final class Ownership {
  static final String PREFIX = "tfbit-";
  private static final String SUFFIX = ".lock";

  /** More than that lie there only if something else goes wrong, which is not mended here. */
  private static final int MOST = 1000;

  private static final int TRIES = 100;

  /**
   * Marks of this process. They must not even be opened a second time: POSIX drops a process's lock
   * on a file when any of its descriptors of that file is closed.
   */
  private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

  private final Path mark;
  private final FileChannel channel;

  private Ownership(Path mark, FileChannel channel) {
    this.mark = mark;
    this.channel = channel;
  }

  /**
   * Marks a directory that is about to be made in this folder. Another process that sweeps may take
   * a new mark for an old one in the moment before it is locked; then it is made again.
   */
  static Ownership claim(Path folder) throws IOException {
    IOException last = null;
    for (int i = 0; i < TRIES; i++) {
      Path mark = Files.createTempFile(folder, PREFIX, SUFFIX).toAbsolutePath();
      OWN.add(mark);
      try {
        Optional<Ownership> claimed = lock(mark);
        if (claimed.isPresent()) {
          return claimed.get();
        }
      } catch (NoSuchFileException e) {
        last = e;
      }
      OWN.remove(mark);
    }
    throw last == null ? new IOException("every mark was taken by another process") : last;
  }

  /** Empty if another process has it, or had it and deleted it. */
  private static Optional<Ownership> lock(Path mark) throws IOException {
    FileChannel channel = FileChannel.open(mark, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null && Files.exists(mark)) {
        return Optional.of(new Ownership(mark, channel));
      }
    } catch (IOException e) {
      // A file system without locks: the directory is then deleted by its own process only.
      Files.deleteIfExists(mark);
      return Optional.of(new Ownership(mark, channel));
    }
    channel.close();
    return Optional.empty();
  }

  /** The directory that it marks. */
  Path directory() {
    String name = mark.getFileName().toString();
    return mark.resolveSibling(name.substring(0, name.length() - SUFFIX.length()));
  }

  /** Where the mark of a directory lies. */
  static Path mark(Path directory) {
    return directory.resolveSibling(directory.getFileName() + SUFFIX);
  }

  void release() throws IOException {
    Files.deleteIfExists(mark);
    channel.close();
    OWN.remove(mark);
  }

  /** Deletes the directories of processes that have ended without doing so. */
  static void sweep(Path folder) {
    List<Path> marks;
    try (Stream<Path> entries = Files.list(folder)) {
      marks =
          entries.map(Path::toAbsolutePath).filter(Ownership::isStrangersMark).limit(MOST).toList();
    } catch (IOException e) {
      return; // nothing that can be read, nothing to sweep
    }
    for (Path mark : marks) {
      try (FileChannel channel =
              FileChannel.open(mark, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
          FileLock lock = channel.tryLock()) {
        if (lock != null) {
          FileTree.delete(new Ownership(mark, channel).directory());
          Files.deleteIfExists(mark);
        }
      } catch (IOException | OverlappingFileLockException e) {
        // Of a living process, or not ours to open.
      }
    }
  }

  private static boolean isStrangersMark(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.startsWith(PREFIX) && name.endsWith(SUFFIX) && !OWN.contains(file);
  }
}
