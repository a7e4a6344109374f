package io.github.tfbit.cli.console;

import io.github.tfbit.checkpoints.fetch.FetchListener;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/**
 * One line about a download: how much is there of how much, how fast it comes, how long it takes
 * still. Rewritten on a terminal, printed every ten seconds elsewhere; what goes wrong on the way
 * is said in lines of its own. Not safe for several threads.
 */
public final class DownloadLine implements FetchListener, AutoCloseable {
  private static final long PLAIN_EVERY_NANOS = 10_000_000_000L;
  private static final long REWRITE_EVERY_NANOS = 100_000_000L;

  /** The speed shown is that of so many last nanoseconds: what came before an outage is history. */
  private static final long WINDOW_NANOS = 10_000_000_000L;

  private static final long SAMPLE_NANOS = 250_000_000L;
  private static final double NANOS = 1e9;

  private final Console console;
  private final LongSupplier clock;
  private final Deque<Sample> samples = new ArrayDeque<>();
  private long shownAt;

  /** Bytes that were there at a time. */
  private record Sample(long at, long done) {}

  /**
   * Starts.
   *
   * @param console to show it on
   */
  public DownloadLine(Console console) {
    this(console, System::nanoTime);
  }

  DownloadLine(Console console, LongSupplier clock) {
    this.console = console;
    this.clock = clock;
    this.shownAt = clock.getAsLong();
  }

  @Override
  public void progressed(String file, long done, long total) {
    long now = clock.getAsLong();
    sample(now, done);
    boolean last = done == total;
    long every = console.terminal() ? REWRITE_EVERY_NANOS : PLAIN_EVERY_NANOS;
    if (now - shownAt < every && !(last && console.terminal())) {
      return;
    }
    shownAt = now;
    show(line(file, now, done, total));
  }

  private void sample(long now, long done) {
    if (!samples.isEmpty() && done < samples.getLast().done()) {
      samples.clear(); // begun anew, or another file
    }
    if (samples.isEmpty() || now - samples.getLast().at() >= SAMPLE_NANOS) {
      samples.addLast(new Sample(now, done));
    }
    while (samples.size() > 1 && now - samples.getFirst().at() > WINDOW_NANOS) {
      samples.removeFirst();
    }
  }

  private String line(String file, long now, long done, long total) {
    StringBuilder line = new StringBuilder(file).append("  ").append(Text.bytes(done));
    if (total >= 0) {
      line.append(" of ").append(Text.bytes(total));
    }
    Sample first = samples.getFirst();
    double seconds = (now - first.at()) / NANOS;
    double rate = seconds > 0 ? (done - first.done()) / seconds : 0;
    if (rate > 0) {
      line.append("  ").append(Text.bytes(Math.round(rate))).append("/s");
    }
    if (rate > 0 && total > done) {
      line.append("  ").append(Text.duration((total - done) / rate)).append(" left");
    }
    return line.toString();
  }

  private void show(String line) {
    if (console.terminal()) {
      // The end of a long name can go, the numbers cannot.
      int over = Math.max(0, line.length() - (Console.COLUMNS - 1));
      console.rewrite(line.substring(over));
    } else {
      console.say(line);
    }
  }

  @Override
  public void verifying(String file, long bytes) {
    if (console.terminal()) {
      show(file + "  " + Text.bytes(bytes) + "  verifying");
    }
  }

  @Override
  public void retrying(String why, Duration wait) {
    String when = wait.isZero() ? "at once" : "in " + Text.duration(wait.toMillis() / 1e3);
    console.warn(why + "; trying again " + when);
    samples.clear();
  }

  @Override
  public void waiting(Path target) {
    console.say("another process is fetching " + target + "; waiting for it");
  }

  @Override
  public void damaged(Path target, String why) {
    console.warn(target + " is damaged (" + why + ")");
  }

  @Override
  public void adopted(Path target) {
    console.say(target + " was put there by hand; its SHA-256 is recorded from now on");
  }

  /** Takes a rewritten line away. */
  @Override
  public void close() {
    console.finishRewriting();
  }
}
