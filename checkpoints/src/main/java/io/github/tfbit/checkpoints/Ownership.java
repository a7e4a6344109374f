package io.github.tfbit.checkpoints;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
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

  /** Marks a directory that is about to be made in this folder. */
  static Ownership claim(Path folder) throws IOException {
    Path mark = Files.createTempFile(folder, PREFIX, SUFFIX).toAbsolutePath();
    OWN.add(mark);
    FileChannel channel = FileChannel.open(mark, StandardOpenOption.WRITE);
    try {
      channel.tryLock();
    } catch (IOException e) {
      // A file system without locks: the directory is then deleted by its own process only.
      Files.deleteIfExists(mark);
    }
    return new Ownership(mark, channel);
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
