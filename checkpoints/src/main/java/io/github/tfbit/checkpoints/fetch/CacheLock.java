package io.github.tfbit.checkpoints.fetch;

import com.google.common.util.concurrent.Striped;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.Lock;

/**
 * Keeps an artefact from being fetched twice at a time, among threads and among processes. The lock
 * is the operating system's on an empty file, so that it ends with its holder however that ends;
 * the file stays, since deleting it would let two others each lock a file of their own.
 */
final class CacheLock {
  /**
   * Locks of this JVM by path. One for all caches: the system's lock belongs to the process, and
   * closing any channel on its file would free it.
   */
  private static final Striped<Lock> THREADS = Striped.lazyWeakLock(Integer.MAX_VALUE);

  private final Lock thread;
  private final FileChannel channel;

  private CacheLock(Lock thread, FileChannel channel) {
    this.thread = thread;
    this.channel = channel;
  }

  private static CacheLock acquire(Path file, Runnable waiting) throws IOException {
    Files.createDirectories(file.getParent());
    Path real = file.getParent().toRealPath().resolve(file.getFileName());
    Lock thread = THREADS.get(real);
    boolean told = false;
    if (!thread.tryLock()) {
      waiting.run();
      told = true;
      try {
        thread.lockInterruptibly();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while waiting for " + file);
      }
    }
    FileChannel channel = null;
    try {
      channel = FileChannel.open(real, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        if (!told) {
          waiting.run();
        }
        channel.lock();
      }
      return new CacheLock(thread, channel);
    } catch (IOException | RuntimeException | Error e) {
      if (channel != null) {
        channel.close();
      }
      thread.unlock();
      throw e;
    }
  }

  /** What to do while nobody else does. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws IOException;
  }

  /**
   * Does something while holding the lock.
   *
   * @param file that is locked; made if it is not there
   * @param waiting called once if somebody else has it
   * @param work to do
   * @return what came of it
   * @throws InterruptedIOException if the thread was interrupted while waiting
   * @throws IOException if the file cannot be made or locked, or the work fails
   */
  static <T> T holding(Path file, Runnable waiting, Work<T> work) throws IOException {
    CacheLock lock = acquire(file, waiting);
    try {
      return work.run();
    } finally {
      lock.close();
    }
  }

  private void close() throws IOException {
    try {
      channel.close();
    } finally {
      thread.unlock();
    }
  }
}
