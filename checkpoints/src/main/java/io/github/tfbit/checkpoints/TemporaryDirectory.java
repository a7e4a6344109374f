package io.github.tfbit.checkpoints;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A directory that is gone with all that is in it when it is closed, or else when the JVM ends.
 * Whoever created it closes it.
 */
public final class TemporaryDirectory implements Closeable {
  private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(TemporaryDirectory::deleteAll, "tfbit: delete temporary directories"));
  }

  private final Path path;
  private final Ownership ownership;

  private TemporaryDirectory(Path path, Ownership ownership) {
    this.path = path;
    this.ownership = ownership;
  }

  /**
   * Makes one where {@code java.io.tmpdir} says, and deletes those there that killed processes have
   * left; on file systems that know of owners, only its owner can enter it.
   *
   * @return an empty directory
   * @throws OutputException if none can be made there
   */
  public static TemporaryDirectory create() throws IOException {
    try {
      Path folder = Path.of(System.getProperty("java.io.tmpdir"));
      Ownership.sweep(folder);
      Ownership ownership = Ownership.claim(folder);
      Path path = ownership.directory();
      createPrivate(path);
      OPEN.add(path);
      return new TemporaryDirectory(path, ownership);
    } catch (IOException e) {
      String place = System.getProperty("java.io.tmpdir");
      throw new OutputException(
          new Problem(
              "a temporary directory to write into",
              e.getClass().getSimpleName() + ": " + e.getMessage(),
              String.valueOf(place),
              "name another with -Djava.io.tmpdir=DIRECTORY"),
          e);
    }
  }

  /**
   * Where it is.
   *
   * @return an absolute path
   */
  public Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    FileTree.delete(path);
    OPEN.remove(path);
    ownership.release();
  }

  private static void createPrivate(Path path) throws IOException {
    boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
    if (posix) {
      Files.createDirectory(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } else {
      Files.createDirectory(path);
    }
  }

  private static void deleteAll() {
    for (Path path : OPEN) {
      try {
        FileTree.delete(path);
        Files.deleteIfExists(Ownership.mark(path));
      } catch (IOException e) {
        System.getLogger(TemporaryDirectory.class.getName())
            .log(System.Logger.Level.DEBUG, "left behind: " + path, e);
      }
    }
  }
}
