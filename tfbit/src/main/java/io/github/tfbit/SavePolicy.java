package io.github.tfbit;

import java.time.Duration;

/**
 * When a run saves its state. By the clock it saves no more often than leaves 95 % of the time to
 * training; what is computed does not depend on it.
 */
final class SavePolicy {
  /** Unless somebody said otherwise. */
  static final Duration INTERVAL = Duration.ofMinutes(5);

  private static final long SHARE = 20;

  private final int everySteps;
  private final long interval;
  private long last = System.nanoTime();
  private long took;

  /**
   * A policy.
   *
   * @param everySteps between two; 0 to go by the clock
   * @param interval between two by the clock
   */
  SavePolicy(int everySteps, Duration interval) {
    this.everySteps = everySteps;
    this.interval = interval.toNanos();
  }

  boolean due(int step) {
    return everySteps > 0
        ? step % everySteps == 0
        : System.nanoTime() - last > Math.max(interval, SHARE * took);
  }

  /** Whether losing what was done since the last time would hurt. */
  boolean worthwhile() {
    return System.nanoTime() - last > Duration.ofMinutes(1).toNanos();
  }

  /** Says that the state was saved. */
  void saved(long nanos) {
    took = nanos;
    last = System.nanoTime();
  }
}
