package io.github.tfbit.cli.options;

import picocli.CommandLine.Option;

/** How much a command says and in which form; every command has these. */
@SuppressWarnings("unused") // what only the command runner and picocli look at
public final class CommonOptions {
  /** Name of the option for silence. */
  public static final String QUIET = "--quiet";

  /** Name of the option for stack traces and native logs. */
  public static final String VERBOSE = "--verbose";

  @Option(names = "--json", description = "Print the result as one JSON object on the last line.")
  private boolean json;

  @Option(names = QUIET, description = "Print errors only, no progress and no warnings.")
  private boolean quiet;

  @Option(names = VERBOSE, description = "Show stack traces and TensorFlow's own log.")
  private boolean verbose;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  /**
   * Whether the result is wanted as JSON.
   *
   * @return true for JSON alone
   */
  public boolean json() {
    return json;
  }
}
