package io.github.tfbit.cli.console;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets the work under way end cleanly when the user interrupts: the command is told, its thread is
 * interrupted, and the JVM waits for it to tidy up. Safe from any thread.
 */
public final class Interrupts {
  /**
   * Seconds that a command has to end: part of a step of a large network, then saving its state.
   */
  private static final long PATIENCE_SECONDS = 300;

  private final Thread worker;
  private final CountDownLatch ended = new CountDownLatch(1);
  private Runnable cancel = () -> {};
  private boolean endsItself;
  private boolean interrupted;

  /** For the command that the calling thread is about to run. */
  public Interrupts() {
    this.worker = Thread.currentThread();
  }

  /**
   * Sets how the work under way is cancelled, beside interrupting its thread. Called at once if the
   * user has interrupted already.
   *
   * @param action quick, safe from any thread
   */
  public void onInterrupt(Runnable action) {
    set(action, false);
  }

  /**
   * As {@link #onInterrupt}, for work that ends by itself once it is told: its thread is not
   * interrupted, so that it can still write.
   *
   * @param action quick, safe from any thread
   */
  public void onInterruptEndItself(Runnable action) {
    set(action, true);
  }

  private void set(Runnable action, boolean alone) {
    boolean late;
    synchronized (this) {
      cancel = action;
      endsItself = alone;
      late = interrupted;
    }
    if (late) {
      action.run();
    }
  }

  /**
   * Whether the user has interrupted.
   *
   * @return true from then on
   */
  public synchronized boolean interrupted() {
    return interrupted;
  }

  /**
   * Ends the work if the user has interrupted; for loops to call.
   *
   * @throws InterruptedException if so
   */
  public void check() throws InterruptedException {
    if (interrupted()) {
      throw new InterruptedException("interrupted by the user");
    }
  }

  /** Says that the command has ended, one way or another. */
  public void end() {
    ended.countDown();
  }

  /** Cancels the work and waits until it has ended, but not for ever. */
  public void interrupt() {
    if (ended.getCount() == 0) {
      return;
    }
    Runnable action;
    boolean alone;
    synchronized (this) {
      interrupted = true;
      action = cancel;
      alone = endsItself;
    }
    action.run();
    if (!alone) {
      worker.interrupt();
    }
    try {
      if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        System.getLogger(Interrupts.class.getName())
            .log(System.Logger.Level.WARNING, "the work did not end in time and was cut off");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
