package io.github.tfbit.cli.command;

import io.github.tfbit.cli.console.Console;
import io.github.tfbit.cli.console.Interrupts;
import java.util.List;

/** The list of commands, in the order of the help. */
public final class Commands {
  private Commands() {}

  /**
   * One of each command.
   *
   * @param console to speak on
   * @param interrupts that may end it
   * @return objects that picocli reads options into and calls
   */
  public static List<Object> all(Console console, Interrupts interrupts) {
    return List.of();
  }
}
