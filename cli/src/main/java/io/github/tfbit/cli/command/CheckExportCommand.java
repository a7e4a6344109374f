package io.github.tfbit.cli.command;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.cli.console.Console;
import io.github.tfbit.cli.console.Failure;
import io.github.tfbit.cli.console.Text;
import io.github.tfbit.cli.options.CommonOptions;
import io.github.tfbit.contract.ContractReport;
import io.github.tfbit.contract.ExportContract;
import io.github.tfbit.contract.Finding;
import io.github.tfbit.contract.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Says whether a SavedModel keeps TensorFlow Serving's contract. */
@Command(
    name = "check-export",
    description = "Say whether TensorFlow Serving can take a SavedModel, rule by rule.",
    footer = {
      "",
      "Example:",
      "  tfbit check-export models/photos",
      "",
      "looks at the highest version in models/photos/ and answers its warm-up requests.",
      "Any SavedModel will do, not only tfbit's. Exit status 1 if a rule is broken."
    })
public final class CheckExportCommand implements Callable<Integer> {
  private static final String INDENT = "      ";

  private final Session session;

  @Parameters(
      paramLabel = "DIR",
      description = "A version's directory, or the one that versions lie in.")
  private Path directory;

  @Mixin private CommonOptions common;

  /**
   * The command.
   *
   * @param session to speak by
   */
  public CheckExportCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws Exception {
    if (!Files.isDirectory(directory)) {
      throw new Failure(
          new Problem(
              "the directory of a SavedModel",
              Files.exists(directory) ? "a file" : "nothing of that name",
              directory.toString(),
              "check the path"));
    }
    ContractReport report = ExportContract.check(directory);
    if (common.json()) {
      session.console().result(json(report));
    } else {
      text(report);
    }
    return report.passes() ? 0 : 1;
  }

  private void text(ContractReport report) {
    Console console = session.console();
    for (Finding finding : report.findings()) {
      show(mark(finding.outcome()), finding.rule().id() + ": " + finding.found());
      show(INDENT, finding.rule().reason());
    }
    console.result("");
    console.result(
        Text.of(
            "%s: %d rules kept, %d broken, %d not applicable",
            report.directory(),
            report.count(Outcome.PASS),
            report.count(Outcome.FAIL),
            report.count(Outcome.NOT_APPLICABLE)));
  }

  private void show(String first, String text) {
    List<String> lines = Text.wrap(text, Console.COLUMNS - 1 - INDENT.length());
    for (int i = 0; i < lines.size(); i++) {
      session.console().result((i == 0 ? first : INDENT) + lines.get(i));
    }
  }

  private static String mark(Outcome outcome) {
    return switch (outcome) {
      case PASS -> "ok    ";
      case FAIL -> "FAIL  ";
      case NOT_APPLICABLE -> "n/a   ";
    };
  }

  private static JsonObject json(ContractReport report) {
    JsonArray rules = new JsonArray();
    for (Finding finding : report.findings()) {
      JsonObject rule = new JsonObject();
      rule.addProperty("rule", finding.rule().id());
      rule.addProperty("outcome", finding.outcome().name().toLowerCase(Locale.ROOT));
      rule.addProperty("found", finding.found());
      rule.addProperty("reason", finding.rule().reason());
      rules.add(rule);
    }
    JsonObject json = new JsonObject();
    json.addProperty("directory", report.directory().toString());
    json.addProperty("passes", report.passes());
    json.add("rules", rules);
    return json;
  }
}
