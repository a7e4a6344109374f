package io.github.tfbit.checkpoints;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that appears whole or not at all: written beside its target, moved there by {@link
 * #commit}. Closing without a commit deletes what was written, so that an exception, a cancellation
 * or an interrupt leaves nothing.
 *
 * <pre>{@code
 * try (AtomicFile file = AtomicFile.create(target, Existing.REFUSE)) {
 *   Files.writeString(file.path(), text);
 *   file.commit();
 * }
 * }</pre>
 *
 * <p>Not safe for several threads. Whoever created it closes it.
 */
public final class AtomicFile implements Closeable {
  /** What is written into a file. */
  @FunctionalInterface
  public interface Body {
    /**
     * Writes all of it.
     *
     * @param temporary an empty file, to be written through its path
     * @throws IOException if writing fails
     */
    void write(Path temporary) throws IOException;
  }

  private final Path target;
  private final Path temporary;
  private final Existing existing;
  private boolean committed;

  private AtomicFile(Path target, Path temporary, Existing existing) {
    this.target = target;
    this.temporary = temporary;
    this.existing = existing;
  }

  /**
   * Starts a file: makes an empty temporary one beside the target.
   *
   * @param target where it will appear; its folder must exist
   * @param existing what to do if the target exists
   * @return the file, to be committed and closed
   * @throws OutputException if the target exists and must not, or its folder cannot be written to
   */
  public static AtomicFile create(Path target, Existing existing) throws IOException {
    Path absolute = Siblings.check(target, existing);
    if (Files.isDirectory(absolute)) {
      throw Siblings.refused(
          target, "a file or nothing at the target", "a directory", "choose another target");
    }
    Path temporary = Siblings.unique(absolute, ".part");
    try {
      Files.createFile(temporary);
    } catch (IOException e) {
      throw OutputException.whileWriting(target, e);
    }
    return new AtomicFile(absolute, temporary, existing);
  }

  /**
   * Writes a whole file and commits it.
   *
   * @param target where it will appear; its folder must exist
   * @param existing what to do if the target exists
   * @param body writes the contents
   * @throws OutputException if the target exists and must not, the disk is full or cannot be
   *     written
   * @throws IOException if the body fails otherwise; nothing is left behind
   */
  public static void write(Path target, Existing existing, Body body) throws IOException {
    try (AtomicFile file = create(target, existing)) {
      try {
        body.write(file.path());
      } catch (IOException e) {
        throw OutputException.whileWriting(target, e);
      }
      file.commit();
    }
  }

  /**
   * Deletes what writers that were killed left beside a target. For whoever knows that nobody is
   * writing it, by a lock for instance.
   *
   * @param target the file that was to be written
   * @throws IOException if the folder cannot be read, or a file in it not be deleted
   */
  public static void deleteAbandoned(Path target) throws IOException {
    for (Path left : Siblings.temporary(target)) {
      Files.deleteIfExists(left);
    }
  }

  /**
   * The temporary file to write.
   *
   * @return a path beside the target, with a hidden name
   */
  public Path path() {
    return temporary;
  }

  /**
   * Moves the file to its target; everything that wrote to it must be closed.
   *
   * @throws OutputException if the target has appeared meanwhile and must not be replaced
   * @throws IOException if moving fails; the temporary file is deleted by {@link #close}
   */
  public void commit() throws IOException {
    if (committed) {
      throw new IllegalStateException("expected one commit, found a second of " + target);
    }
    if (existing == Existing.REFUSE && Files.exists(target)) {
      throw Siblings.exists(target);
    }
    try {
      Siblings.move(temporary, target);
    } catch (IOException e) {
      throw OutputException.whileWriting(target, e);
    }
    committed = true;
  }

  /**
   * Forces what was written to the disk, so that the file survives a power cut once committed.
   *
   * @throws IOException if the disk refuses
   */
  public void sync() throws IOException {
    try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
      channel.force(true);
    } catch (IOException e) {
      throw OutputException.whileWriting(target, e);
    }
  }

  /** Deletes what was written unless it was committed. */
  @Override
  public void close() throws IOException {
    if (!committed) {
      Files.deleteIfExists(temporary);
    }
  }
}
