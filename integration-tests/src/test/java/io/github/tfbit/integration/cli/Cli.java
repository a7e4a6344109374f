package io.github.tfbit.integration.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.tfbit.cli.Main;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * One run of a command in this JVM.
 *
 * @param status exit status
 * @param out standard output
 * @param err standard error
 */
public record Cli(int status, String out, String err) {
  /** Runs a command; every argument's text is passed on. */
  public static Cli run(Object... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        Main.run(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Arrays.stream(args).map(String::valueOf).toArray(String[]::new));
    return new Cli(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** Checks that all went well. */
  public Cli done() {
    assertEquals(0, status, err);
    return this;
  }

  /** Checks that the work could not be done, said in four parts that hold these texts. */
  public Cli failed(String... texts) {
    assertEquals(1, status, err);
    for (String part :
        List.of("  expected    ", "  found       ", "  where       ", "  what to do  ")) {
      assertTrue(err.contains(part), err);
    }
    for (String text : texts) {
      assertTrue(err.contains(text), () -> "expected '" + text + "' in: " + err);
    }
    assertFalse(err.contains("\tat "), () -> "a stack trace: " + err);
    assertEquals("", out);
    return this;
  }

  /** Checks that the use was wrong, and said so. */
  Cli misused(String text) {
    assertEquals(2, status, err);
    assertTrue(err.contains(text), () -> "expected '" + text + "' in: " + err);
    return this;
  }

  /** The result as JSON: one object on the last line. */
  public JsonObject json() {
    List<String> lines = out.lines().toList();
    return JsonParser.parseString(lines.get(lines.size() - 1)).getAsJsonObject();
  }
}
