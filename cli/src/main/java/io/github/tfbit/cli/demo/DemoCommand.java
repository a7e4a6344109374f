package io.github.tfbit.cli.demo;

import com.google.gson.JsonObject;
import io.github.tfbit.checkpoints.AtomicDirectory;
import io.github.tfbit.cli.command.Session;
import io.github.tfbit.cli.console.Console;
import io.github.tfbit.cli.options.CommonOptions;
import io.github.tfbit.cli.options.OutputOption;
import io.github.tfbit.cli.options.RuntimeOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the main job from end to end, offline. */
@Command(
    name = "demo",
    description = "Show the main job from end to end, offline, in about 3 minutes.",
    footer = {
      "",
      "Example:",
      "  tfbit demo --out demo",
      "",
      "Draws pictures by code, fine-tunes the small model that tfbit carries on 10 of",
      "each class, trains the same network from scratch for comparison, exports,",
      "reads the export back and asks it about held-out pictures. DIR then holds",
      "report.html, the pictures, the runs and the exported model."
    })
public final class DemoCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The directory to write (default: demo).")
  private Path out = Path.of("demo");

  @Mixin private OutputOption output;
  @Mixin private RuntimeOptions runtime;
  @Mixin private CommonOptions common;

  /**
   * The command.
   *
   * @param session to speak and be interrupted by
   */
  public DemoCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws Exception {
    Console console = session.console();
    console.say("demo on " + runtime.describe());
    try (AtomicDirectory directory = AtomicDirectory.create(out, output.existing())) {
      Demo demo =
          new Demo(
              session, runtime.session(), directory.path(), runtime.seed(), DemoScale.STANDARD);
      DemoResult result = demo.run();
      Files.writeString(
          directory.path().resolve("report.html"), DemoPage.html(result), StandardCharsets.UTF_8);
      directory.commit();
      if (common.json()) {
        console.result(json(result));
      } else {
        print(console, result);
      }
      return 0;
    }
  }

  private void print(Console console, DemoResult result) {
    DemoTable.lines(result.comparison()).forEach(console::result);
    console.result("");
    console.result(
        String.format(
            Locale.ROOT,
            "the exported model, read back: %s of %d held-out pictures right",
            DemoTable.percent(result.accuracy()),
            result.answers().size()));
    console.result("report:  " + out.resolve("report.html"));
    console.result("export:  " + out.resolve(result.export()));
    console.say(String.format(Locale.ROOT, "done in %.0f s", result.seconds()));
  }

  private JsonObject json(DemoResult result) {
    Comparison c = result.comparison();
    JsonObject json = new JsonObject();
    json.addProperty("report", out.resolve("report.html").toString());
    json.addProperty("export", out.resolve(result.export()).toString());
    json.addProperty("transferred", c.transfer().mean(c.endPoint()));
    json.addProperty("from_scratch", c.scratch().mean(c.endPoint()));
    json.addProperty("export_accuracy", result.accuracy());
    json.addProperty("seconds", result.seconds());
    return json;
  }
}
