package io.github.tfbit.cli.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private static final long SECOND = 1_000_000_000L;

  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
  private long now;

  private Progress progress(boolean terminal, long total) {
    PrintStream messages = new PrintStream(shown, true, StandardCharsets.UTF_8);
    return new Progress(new Console(messages, messages, terminal), "steps", total, () -> now);
  }

  private String shown() {
    return shown.toString(StandardCharsets.UTF_8);
  }

  @Test
  void printsPlainLineEveryTenSeconds() {
    try (Progress progress = progress(false, 1000)) {
      for (int done = 1; done <= 24; done++) {
        now = done * SECOND;
        progress.report(done, "loss 0.5");
      }
    }
    assertEquals(
        """
        10/1,000 steps  1.00/s  loss 0.5  16 min 30 s left
        20/1,000 steps  1.00/s  loss 0.5  16 min 20 s left
        """,
        shown());
  }

  @Test
  void leavesTheFirstReportOutOfTheRate() {
    try (Progress progress = progress(false, 4)) {
      now = 100 * SECOND;
      progress.report(1, "");
      now += 2 * SECOND;
      progress.report(4, "");
    }
    assertTrue(shown().endsWith("4/4 steps  1.50/s\n"), shown());
  }

  @Test
  void rewritesOneLineOnTerminal() {
    try (Progress progress = progress(true, 3)) {
      now = SECOND;
      progress.report(1, "");
      now = 2 * SECOND;
      progress.report(2, "");
    }
    assertEquals("\r\033[K1/3 steps\r\033[K2/3 steps  1.00/s  1 s left\r\033[K", shown());
  }

  @Test
  void staysWithinTheTerminal() {
    try (Progress progress = progress(true, 3)) {
      now = SECOND;
      progress.report(1, "x".repeat(200));
    }
    assertEquals("\r\033[K".length() * 2 + Console.COLUMNS - 1, shown().length());
  }
}
