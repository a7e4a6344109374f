package io.github.tfbit.cli.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.cli.console.Console.Verbosity;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ConsoleTest {
  private static final Problem LONG =
      new Problem("an " + "expected ".repeat(12) + "thing", "another", "a.npz", "do\nthis");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private Console console(boolean terminal) {
    return new Console(
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        terminal);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void wrapsErrorsOnTerminal() {
    console(true).error("tfbit predict", LONG, null);
    err().lines().forEach(l -> assertTrue(l.length() < Console.COLUMNS, l));
    assertTrue(err().contains("\n              expected"), err());
  }

  @Test
  void keepsErrorsSearchableElsewhere() {
    console(false).error("tfbit predict", LONG, null);
    assertTrue(err().contains("  expected    " + LONG.expected() + "\n"), err());
    assertTrue(err().endsWith("  what to do  do\n              this\n"), err());
  }

  @Test
  void showsStackTraceOnlyWhenVerbose() {
    Console console = console(false);
    console.error("tfbit", LONG, new IllegalStateException("why"));
    assertTrue(!err().contains("IllegalStateException"), err());
    console.verbosity(Verbosity.VERBOSE);
    console.error("tfbit", LONG, new IllegalStateException("why"));
    assertTrue(err().contains("IllegalStateException: why"), err());
  }

  @Test
  void quietKeepsErrorsAndResults() {
    Console console = console(false);
    console.verbosity(Verbosity.QUIET);
    console.say("progress");
    console.warn("careful");
    console.result("answer");
    console.insist("bad picture");
    assertEquals("bad picture\n", err());
    assertEquals("answer\n", out.toString(StandardCharsets.UTF_8));
  }
}
