package io.github.tfbit.checkpoints;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * A directory that appears whole or not at all: filled beside its target, moved there by {@link
 * #commit}. Closing without a commit deletes all of it.
 *
 * <p>A directory that is replaced is first moved aside, then deleted when the new one is in place;
 * if putting the new one in place fails, the old one is moved back.
 *
 * <p>Not safe for several threads. Whoever created it closes it.
 */
public final class AtomicDirectory implements Closeable {
  private final Path target;
  private final Path temporary;
  private final Existing existing;
  private boolean committed;

  private AtomicDirectory(Path target, Path temporary, Existing existing) {
    this.target = target;
    this.temporary = temporary;
    this.existing = existing;
  }

  /**
   * Starts a directory: makes an empty temporary one beside the target.
   *
   * @param target where it will appear; the folder it lies in must exist
   * @param existing what to do if the target exists
   * @return the directory, to be committed and closed
   * @throws OutputException if the target exists and must not, or its folder cannot be written to
   */
  public static AtomicDirectory create(Path target, Existing existing) throws IOException {
    Path absolute = Siblings.check(target, existing);
    Path temporary = Siblings.unique(absolute, ".part");
    try {
      Files.createDirectory(temporary);
    } catch (IOException e) {
      throw OutputException.whileWriting(target, e);
    }
    return new AtomicDirectory(absolute, temporary, existing);
  }

  /**
   * Deletes what killed processes left of a directory: temporary siblings of the target. For a
   * target that has just been put in place, so that whoever else is writing it comes too late
   * anyway.
   *
   * @param target where it was to appear
   * @throws IOException if one cannot be deleted
   */
  public static void deleteAbandoned(Path target) throws IOException {
    for (Path left : Siblings.temporary(target)) {
      FileTree.delete(left);
    }
  }

  /**
   * The temporary directory to fill.
   *
   * @return a path beside the target, with a hidden name
   */
  public Path path() {
    return temporary;
  }

  /**
   * Moves the directory to its target; every file in it must be closed.
   *
   * @throws OutputException if the target has appeared meanwhile and must not be replaced
   * @throws IOException if moving fails; what was at the target is still there
   */
  public void commit() throws IOException {
    if (committed) {
      throw new IllegalStateException("expected one commit, found a second of " + target);
    }
    boolean present = Files.exists(target, LinkOption.NOFOLLOW_LINKS);
    if (present && existing == Existing.REFUSE) {
      throw Siblings.exists(target);
    }
    Path aside = Siblings.unique(target, ".old");
    try {
      if (present) {
        Siblings.move(target, aside);
      }
      putInPlace(present, aside);
    } catch (IOException e) {
      throw OutputException.whileWriting(target, e);
    }
    committed = true;
    if (present) {
      FileTree.delete(aside);
    }
  }

  private void putInPlace(boolean present, Path aside) throws IOException {
    try {
      Siblings.move(temporary, target);
    } catch (IOException e) {
      if (present) {
        Siblings.move(aside, target);
      }
      throw e;
    }
  }

  /** Deletes all that was written unless it was committed. */
  @Override
  public void close() throws IOException {
    if (!committed) {
      FileTree.delete(temporary);
    }
  }
}
