package io.github.tfbit.cli.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DownloadLineTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long MB = 1_000_000;

  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
  private long now;

  private DownloadLine line(boolean terminal) {
    PrintStream messages = new PrintStream(shown, true, StandardCharsets.UTF_8);
    return new DownloadLine(new Console(messages, messages, terminal), () -> now);
  }

  private String shown() {
    return shown.toString(StandardCharsets.UTF_8);
  }

  @Test
  void printsPlainLineEveryTenSeconds() {
    try (DownloadLine line = line(false)) {
      for (int second = 0; second <= 21; second++) {
        now = second * SECOND;
        line.progressed("M", second * 2L * MB, 273 * MB);
      }
    }
    assertEquals(
        """
        M  20.0 MB of 273.0 MB  2.0 MB/s  2 min 7 s left
        M  40.0 MB of 273.0 MB  2.0 MB/s  1 min 57 s left
        """,
        shown());
  }

  @Test
  void doesNotCountWhatWasThereForSpeed() {
    try (DownloadLine line = line(false)) {
      line.progressed("M", 200 * MB, 273 * MB);
      now = 10 * SECOND;
      line.progressed("M", 210 * MB, 273 * MB);
    }
    assertEquals("M  210.0 MB of 273.0 MB  1.0 MB/s  1 min 3 s left\n", shown());
  }

  @Test
  void doesWithoutATotal() {
    try (DownloadLine line = line(false)) {
      line.progressed("M", 0, -1);
      now = 10 * SECOND;
      line.progressed("M", 10 * MB, -1);
    }
    assertEquals("M  10.0 MB  1.0 MB/s\n", shown());
  }

  @Test
  void rewritesOneLineOnTerminal() {
    try (DownloadLine line = line(true)) {
      now = SECOND;
      line.progressed("M", MB, 2 * MB);
      now = 2 * SECOND;
      line.progressed("M", 2 * MB, 2 * MB);
      line.verifying("M", 2 * MB);
    }
    assertEquals(
        "\r\033[KM  1.0 MB of 2.0 MB\r\033[KM  2.0 MB of 2.0 MB  1.0 MB/s"
            + "\r\033[KM  2.0 MB  verifying\r\033[K",
        shown());
  }

  @Test
  void keepsTheNumbersOfALongName() {
    try (DownloadLine line = line(true)) {
      now = SECOND;
      line.progressed("a/very/long/name/".repeat(9), MB, 2 * MB);
    }
    assertTrue(shown().contains("1.0 MB of 2.0 MB"), shown());
    assertTrue(shown().length() < 100, shown());
  }

  @Test
  void saysWhatGoesWrong() {
    try (DownloadLine line = line(false)) {
      line.retrying("nothing came for 30 s", Duration.ofSeconds(2));
      line.retrying("the server sent something else", Duration.ZERO);
    }
    assertEquals(
        """
        warning: nothing came for 30 s; trying again in 2 s
        warning: the server sent something else; trying again at once
        """,
        shown());
  }
}
