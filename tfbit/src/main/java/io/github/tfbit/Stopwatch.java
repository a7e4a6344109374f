package io.github.tfbit;

import java.io.IOException;

/** Times a task that can be repeated. */
final class Stopwatch {
  private static final double NANOS = 1e9;

  /** So many times say as much in a shorter time. */
  private static final int MANY = 40;

  private static final int MANY_FASTER = 6;

  private Stopwatch() {}

  /** Something that takes time. */
  interface Task {
    void run() throws IOException, InterruptedException;
  }

  /**
   * Repeats a task.
   *
   * @param seconds that are enough
   * @param fewest times that it is run, however long that takes
   * @param job whose cancellation ends it
   * @param task to time
   * @return seconds of one time, on average
   */
  static double mean(double seconds, int fewest, TrainingJob job, Task task)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    int times = 0;
    double elapsed;
    do {
      job.checkCancelled();
      task.run();
      times++;
      elapsed = since(start);
    } while (times < fewest || elapsed < (times < MANY ? seconds : seconds / MANY_FASTER));
    return elapsed / times;
  }

  /** Seconds since {@link System#nanoTime} was that. */
  static double since(long start) {
    return (System.nanoTime() - start) / NANOS;
  }
}
