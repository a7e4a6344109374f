package io.github.tfbit.cli.console;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import io.github.tfbit.checkpoints.Problem;
import java.io.PrintStream;

/**
 * Where a command speaks: results on one stream, everything else on another. Safe from any thread.
 */
public final class Console {
  /** How much is said beside the results. */
  public enum Verbosity {
    /** Errors only. */
    QUIET,
    /** Progress and warnings too. */
    NORMAL,
    /** Stack traces and TensorFlow's own log too. */
    VERBOSE
  }

  /** Columns that help and messages are laid out for. */
  public static final int COLUMNS = 80;

  private static final Gson JSON = new GsonBuilder().disableHtmlEscaping().create();
  private static final String ERASE_LINE = "\r\033[K";

  private final PrintStream results;
  private final PrintStream messages;
  private final boolean terminal;
  private Verbosity verbosity = Verbosity.NORMAL;
  private boolean rewriting;

  /**
   * A console on two streams, which stay the caller's.
   *
   * @param results for what was asked for
   * @param messages for progress, warnings and errors
   * @param terminal whether {@code messages} is a terminal, where lines can be rewritten
   */
  public Console(PrintStream results, PrintStream messages, boolean terminal) {
    this.results = results;
    this.messages = messages;
    this.terminal = terminal;
  }

  /**
   * Sets how much is said from now on.
   *
   * @param wanted by the user
   */
  public synchronized void verbosity(Verbosity wanted) {
    verbosity = wanted;
  }

  /**
   * Whether progress lines can be rewritten.
   *
   * @return true on a terminal
   */
  public boolean terminal() {
    return terminal;
  }

  /**
   * Prints one line of a result.
   *
   * @param line without its end
   */
  public synchronized void result(String line) {
    finishRewriting();
    results.println(line);
  }

  /**
   * Prints a result as one line of JSON.
   *
   * @param object the result
   */
  public void result(JsonObject object) {
    result(JSON.toJson(object));
  }

  /**
   * Passes on what was printed so far.
   *
   * @return whether every result has arrived
   */
  public synchronized boolean flush() {
    messages.flush();
    return !results.checkError();
  }

  /**
   * Says something that is not a result, unless the user wants quiet.
   *
   * @param line without its end
   */
  public synchronized void say(String line) {
    if (verbosity != Verbosity.QUIET) {
      finishRewriting();
      messages.println(line);
    }
  }

  /**
   * Warns, unless the user wants quiet.
   *
   * @param text one sentence or more
   */
  public void warn(String text) {
    say(layOut("warning: ", text));
  }

  /**
   * Shows an unfinished line that the next one replaces; only on a terminal.
   *
   * @param line without its end
   */
  synchronized void rewrite(String line) {
    if (terminal && verbosity != Verbosity.QUIET) {
      messages.print(ERASE_LINE + line);
      messages.flush();
      rewriting = true;
    }
  }

  /** Takes an unfinished line away. */
  synchronized void finishRewriting() {
    if (rewriting) {
      messages.print(ERASE_LINE);
      messages.flush();
      rewriting = false;
    }
  }

  /**
   * Reports an error in its four parts.
   *
   * @param what was being done, such as {@code tfbit predict}
   * @param problem the four parts
   * @param cause its stack trace is printed for those who asked for it; may be null
   */
  public synchronized void error(String what, Problem problem, Throwable cause) {
    finishRewriting();
    messages.println(what + ": error");
    messages.println(layOut("  expected    ", problem.expected()));
    messages.println(layOut("  found       ", problem.found()));
    messages.println(layOut("  where       ", problem.where()));
    messages.println(layOut("  what to do  ", problem.remedy()));
    if (verbosity == Verbosity.VERBOSE && cause != null) {
      cause.printStackTrace(messages);
    }
  }

  /**
   * Says something that is never left out.
   *
   * @param line without its end
   */
  public synchronized void insist(String line) {
    finishRewriting();
    messages.println(line);
  }

  /** Hanging indent on a terminal; elsewhere one line, which can be searched for. */
  private String layOut(String label, String text) {
    if (!terminal) {
      return label + text.replace("\n", "\n" + " ".repeat(label.length()));
    }
    int width = COLUMNS - 1 - label.length();
    return label + String.join("\n" + " ".repeat(label.length()), Text.wrap(text, width));
  }
}
