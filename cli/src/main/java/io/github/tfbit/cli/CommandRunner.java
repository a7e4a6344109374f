package io.github.tfbit.cli;

import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.cli.command.BenchCommand;
import io.github.tfbit.cli.command.CheckExportCommand;
import io.github.tfbit.cli.command.ConvertCommand;
import io.github.tfbit.cli.command.DoctorCommand;
import io.github.tfbit.cli.command.EvaluateCommand;
import io.github.tfbit.cli.command.ExportCommand;
import io.github.tfbit.cli.command.FeaturesCommand;
import io.github.tfbit.cli.command.FetchCommand;
import io.github.tfbit.cli.command.FewshotCommand;
import io.github.tfbit.cli.command.FinetuneCommand;
import io.github.tfbit.cli.command.Later;
import io.github.tfbit.cli.command.ModelsCommand;
import io.github.tfbit.cli.command.PredictCommand;
import io.github.tfbit.cli.command.PretrainCommand;
import io.github.tfbit.cli.command.RequestCommand;
import io.github.tfbit.cli.command.ServeCommand;
import io.github.tfbit.cli.command.Session;
import io.github.tfbit.cli.command.SurveyCommand;
import io.github.tfbit.cli.command.Versions;
import io.github.tfbit.cli.console.Console;
import io.github.tfbit.cli.console.Console.Verbosity;
import io.github.tfbit.cli.console.Interrupts;
import io.github.tfbit.cli.console.Problems;
import io.github.tfbit.cli.demo.DemoCommand;
import io.github.tfbit.cli.inspect.InspectCommand;
import io.github.tfbit.cli.options.CommonOptions;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** Reads a command line, runs its command, and turns whatever happens into an exit status. */
final class CommandRunner {
  private static final Problem LOST =
      new Problem(
          "all results to be taken",
          "a write that failed: a full disk or a closed pipe",
          "standard output",
          "free space or choose another place, and run it again");

  private final Console console;
  private final Interrupts interrupts;

  CommandRunner(Console console, Interrupts interrupts) {
    this.console = console;
    this.interrupts = interrupts;
  }

  /** The command without a subcommand. */
  @Command(
      name = "tfbit",
      mixinStandardHelpOptions = true,
      versionProvider = VersionLines.class,
      synopsisSubcommandLabel = "COMMAND",
      description = "Big Transfer (BiT) for the JVM: load, fine-tune, evaluate, export, convert.",
      footer = {
        "",
        "Examples:",
        "  tfbit demo",
        "  tfbit finetune --model R50x1.npz --data photos --out runs/photos",
        "  tfbit predict --model runs/photos shoe.jpg",
        "",
        "tfbit COMMAND --help says more about each.",
        "Exit status: 0 done, 1 not possible, 2 wrong use, 130 interrupted."
      })
  static final class Root implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
      throw new ParameterException(spec.commandLine(), "expected a command, found none");
    }
  }

  int run(String... args) {
    StringWriter help = new StringWriter();
    CommandLine line = new CommandLine(new Root());
    commands().forEach(line::addSubcommand); // first: what follows is set for those that are there
    line.getSubcommands().values().forEach(CommandRunner::layOut);
    line.setUsageHelpWidth(Console.COLUMNS)
        .setUsageHelpAutoWidth(false)
        .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
        .setOut(new PrintWriter(help))
        .setParameterExceptionHandler(this::misused)
        .setExecutionExceptionHandler(this::failed)
        .setExecutionStrategy(this::execute);
    int status;
    try {
      status = line.execute(args);
    } catch (OutOfMemoryError | LinkageError e) {
      console.error("tfbit", Problems.of(e), e);
      status = Main.FAILED;
    }
    if (!help.toString().isEmpty()) {
      console.result(help.toString().stripTrailing());
    }
    return delivered(status);
  }

  /** Results that standard output did not take make a failure of a success. */
  private int delivered(int status) {
    if (console.flush() || status != Main.DONE) {
      return status;
    }
    console.error("tfbit", LOST, null);
    return Main.FAILED;
  }

  /** One of each command, in the order of the help. */
  private List<Object> commands() {
    Session session = new Session(console, interrupts);
    return List.of(
        new PredictCommand(session),
        new FeaturesCommand(session),
        new FinetuneCommand(session),
        new FewshotCommand(session),
        new EvaluateCommand(session),
        new ExportCommand(session),
        new CheckExportCommand(session),
        new DoctorCommand(session),
        new ServeCommand(session),
        new RequestCommand(session),
        new PretrainCommand(session),
        new InspectCommand(session),
        new ModelsCommand(session),
        new FetchCommand(session),
        new ConvertCommand(session),
        new SurveyCommand(session),
        new BenchCommand(session),
        new DemoCommand(session));
  }

  private static void layOut(CommandLine command) {
    command
        .getCommandSpec()
        .usageMessage()
        .width(Console.COLUMNS)
        .sortOptions(false)
        .abbreviateSynopsis(true);
  }

  private int execute(ParseResult parsed) {
    ParseResult command = parsed.hasSubcommand() ? parsed.subcommand() : parsed;
    if (command.hasMatchedOption(CommonOptions.VERBOSE)) {
      console.verbosity(Verbosity.VERBOSE);
    } else if (command.hasMatchedOption(CommonOptions.QUIET)) {
      console.verbosity(Verbosity.QUIET);
    }
    return new CommandLine.RunLast().execute(parsed);
  }

  private int misused(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    String name = command.getCommandSpec().qualifiedName(" ");
    String message =
        Later.in(List.of(args))
            .map(l -> l + " is not there yet: this version of tfbit does without it")
            .orElse(e.getMessage());
    console.insist(name + ": " + message);
    console.insist("see: " + name + " --help");
    return Main.MISUSED;
  }

  private int failed(Exception e, CommandLine command, ParseResult parsed) {
    String name = command.getCommandSpec().qualifiedName(" ");
    if (interrupts.interrupted()) {
      console.insist(name + ": interrupted");
      return Main.INTERRUPTED;
    }
    Problem problem = Problems.of(e);
    console.error(name, problem, e);
    return Main.FAILED;
  }

  /** Versions for {@code --version}. */
  static final class VersionLines implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return Versions.lines().toArray(String[]::new);
    }
  }
}
