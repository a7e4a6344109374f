package io.github.tfbit.cli;

import io.github.tfbit.cli.console.Console;
import io.github.tfbit.cli.console.Interrupts;
import io.github.tfbit.cli.console.SecondInterrupt;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;

/** The {@code tfbit} command. */
public final class Main {
  /** Exit status: all was done. */
  public static final int DONE = 0;

  /** Exit status: the work could not be done. */
  public static final int FAILED = 1;

  /** Exit status: wrong use. */
  public static final int MISUSED = 2;

  /** Exit status: interrupted by the user. */
  public static final int INTERRUPTED = 130;

  private Main() {}

  /**
   * Runs one command and ends the JVM with its exit status.
   *
   * @param args as on the command line
   */
  public static void main(String[] args) {
    PrintStream messages = messages();
    System.setErr(messages);
    Interrupts interrupts = new Interrupts();
    Runnable onInterrupt =
        () -> {
          SecondInterrupt.endsAtOnce(INTERRUPTED);
          interrupts.interrupt();
        };
    Runtime.getRuntime().addShutdownHook(new Thread(onInterrupt, "tfbit-interrupt"));
    Console console = new Console(System.out, messages, Boolean.getBoolean("tfbit.terminal"));
    int status;
    try {
      status = new CommandRunner(console, interrupts).run(args);
    } finally {
      interrupts.end(); // whatever happened: nobody is to wait for a command that is over
    }
    // After an interrupt the JVM is ending already, with status 130, and this waits for ever.
    System.exit(status);
  }

  /**
   * Runs one command in this JVM.
   *
   * @param results receives what standard output would
   * @param messages receives what standard error would
   * @param args as on the command line
   * @return the exit status
   */
  public static int run(PrintStream results, PrintStream messages, String... args) {
    Console console = new Console(results, messages, false);
    return new CommandRunner(console, new Interrupts()).run(args);
  }

  /**
   * Standard error, free of what native code writes to descriptor 2: the launcher filters that one
   * and hands the real standard error over as descriptor 0 (see bin/tfbit).
   */
  private static PrintStream messages() {
    if (!"0".equals(System.getProperty("tfbit.messages"))) {
      return System.err;
    }
    String encoding = System.getProperty("stderr.encoding", Charset.defaultCharset().name());
    FileOutputStream standardError = new FileOutputStream(FileDescriptor.in);
    return new PrintStream(standardError, true, Charset.forName(encoding));
  }
}
