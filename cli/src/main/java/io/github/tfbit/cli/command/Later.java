package io.github.tfbit.cli.command;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the command line promises for later versions, so that it can be refused in clear words. */
public final class Later {
  private static final Set<String> COMMANDS =
      Set.of("vtab", "objectnet", "scaling", "paper", "detection");

  private static final Map<String, Set<String>> OPTIONS =
      Map.of("pretrain", Set.of("--norm", "--weight-standardization"));

  private Later() {}

  /**
   * The first thing in a command line that is not there yet.
   *
   * @param args as typed
   * @return its name, empty if the fault is another
   */
  public static Optional<String> in(List<String> args) {
    Optional<String> command = args.stream().filter(a -> !a.startsWith("-")).findFirst();
    if (command.isEmpty()) {
      return Optional.empty();
    }
    if (COMMANDS.contains(command.get())) {
      return command;
    }
    Set<String> options = OPTIONS.getOrDefault(command.get(), Set.of());
    return args.stream()
        .takeWhile(a -> !a.equals("--"))
        .map(a -> a.substring(0, a.indexOf('=') < 0 ? a.length() : a.indexOf('=')))
        .filter(options::contains)
        .findFirst();
  }
}
