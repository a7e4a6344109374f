package io.github.tfbit.converters;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Work on files by as many threads as there are cores, few enough for a small machine's memory. */
final class Parallel {
  private static final int MOST = 8;

  private Parallel() {}

  /** Something to do with one item. */
  @FunctionalInterface
  interface Work<T, R> {
    R apply(T item) throws IOException;
  }

  /** Results in the items' order; the first failure in that order ends the rest. */
  static <T, R> List<R> map(List<T> items, Work<T, R> work) throws IOException {
    int cores = Runtime.getRuntime().availableProcessors();
    ExecutorService pool =
        Executors.newFixedThreadPool(
            Math.max(1, Math.min(MOST, Math.min(cores, items.size()))), Parallel::thread);
    try {
      List<Future<R>> started = new ArrayList<>();
      for (T item : items) {
        started.add(pool.submit(() -> work.apply(item)));
      }
      List<R> done = new ArrayList<>();
      for (Future<R> future : started) {
        done.add(future.get());
      }
      return done;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("interrupted while reading").initCause(e);
    } catch (ExecutionException e) {
      throw unwrapped(e.getCause());
    } finally {
      end(pool);
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "tfbit-content");
    thread.setDaemon(true);
    return thread;
  }

  /** What a thread threw, as if it had been thrown here. */
  private static IOException unwrapped(Throwable cause) {
    if (cause instanceof IOException e) {
      return e;
    } else if (cause instanceof RuntimeException e) {
      throw e;
    } else if (cause instanceof Error e) {
      throw e;
    }
    return new IOException(cause);
  }

  /** Waits for work under way, which may still use the caller's file. */
  private static void end(ExecutorService pool) {
    pool.shutdownNow();
    boolean interrupted = false;
    while (true) {
      try {
        if (pool.awaitTermination(1, java.util.concurrent.TimeUnit.HOURS)) {
          break;
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
