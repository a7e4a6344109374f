package io.github.tfbit.cli.console;

import java.util.function.LongSupplier;

/**
 * One line about work under way: how much is done of how much, at what rate, how long it takes
 * still. Rewritten on a terminal, printed every ten seconds elsewhere.
 *
 * <p>The rate is that since the first report, which leaves out what is done only once, such as
 * building the graph. Not safe for several threads.
 */
public final class Progress implements AutoCloseable {
  private static final long PLAIN_EVERY_NANOS = 10_000_000_000L;
  private static final long REWRITE_EVERY_NANOS = 100_000_000L;
  private static final double NANOS = 1e9;

  private final Console console;
  private final String unit;
  private final long total;
  private final LongSupplier clock;
  private long firstDone = -1;
  private long firstAt;
  private long shownAt;

  /**
   * Starts.
   *
   * @param console to show it on
   * @param unit plural noun of what is counted
   * @param total how many there are to do
   */
  public Progress(Console console, String unit, long total) {
    this(console, unit, total, System::nanoTime);
  }

  Progress(Console console, String unit, long total, LongSupplier clock) {
    this.console = console;
    this.unit = unit;
    this.total = total;
    this.clock = clock;
    this.shownAt = clock.getAsLong();
  }

  /**
   * Reports.
   *
   * @param done how many are done
   * @param detail more to say, such as the loss; empty for nothing
   */
  public void report(long done, String detail) {
    long now = clock.getAsLong();
    if (firstDone < 0) {
      firstDone = done;
      firstAt = now;
    }
    long every = console.terminal() ? REWRITE_EVERY_NANOS : PLAIN_EVERY_NANOS;
    if (now - shownAt < every && done != total) {
      return;
    }
    shownAt = now;
    String line = line(done, now, detail);
    if (console.terminal()) {
      console.rewrite(line.substring(0, Math.min(line.length(), Console.COLUMNS - 1)));
    } else {
      console.say(line);
    }
  }

  private String line(long done, long now, String detail) {
    StringBuilder line = new StringBuilder(Text.of("%,d/%,d %s", done, total, unit));
    double seconds = (now - firstAt) / NANOS;
    boolean known = done > firstDone && seconds > 0;
    double rate = known ? (done - firstDone) / seconds : 0;
    if (known) {
      line.append("  ").append(Text.rate(rate)).append("/s");
    }
    if (!detail.isEmpty()) {
      line.append("  ").append(detail);
    }
    if (known && done < total) {
      line.append("  ").append(Text.duration((total - done) / rate)).append(" left");
    }
    return line.toString();
  }

  /** Takes a rewritten line away. */
  @Override
  public void close() {
    console.finishRewriting();
  }
}
