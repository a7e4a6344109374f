package io.github.tfbit.cli.command;

import io.github.tfbit.FewShot;
import io.github.tfbit.HyperRule;
import io.github.tfbit.cli.console.Failure;
import io.github.tfbit.cli.console.Text;
import io.github.tfbit.cli.options.CheckOptions;
import io.github.tfbit.cli.options.CommonOptions;
import io.github.tfbit.cli.options.DataOption;
import io.github.tfbit.cli.options.FewShotOptions;
import io.github.tfbit.cli.options.ModelArgument;
import io.github.tfbit.cli.options.ModelOption;
import io.github.tfbit.cli.options.OutputOption;
import io.github.tfbit.cli.options.PictureOptions;
import io.github.tfbit.cli.options.RuntimeOptions;
import io.github.tfbit.cli.options.SelectionOptions;
import io.github.tfbit.data.ImageDatasets;
import io.github.tfbit.fewshot.FewShotResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures how well a model learns from a few pictures. */
@Command(
    name = "fewshot",
    description =
        "Learn from a few pictures of each class, over random subsets, and judge by all test"
            + " pictures: the paper's protocol.",
    footer = {
      "",
      "Example:",
      "  tfbit fewshot --model R50x1.npz --data photos --shots 1,5,10,full \\",
      "    --official --out few",
      "",
      "writes few/fewshot.csv (a line a training), few/fewshot.png and few/fewshot.json."
    })
public final class FewshotCommand implements Callable<Integer> {
  private final Session session;

  @Spec private CommandSpec spec;
  @Mixin private ModelOption model;
  @Mixin private DataOption data;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "The directory for the results, made if it is not there.")
  private Path out;

  @Mixin private FewShotOptions protocol;
  @Mixin private PictureOptions pictureOptions;
  @Mixin private CheckOptions check;
  @Mixin private SelectionOptions selection;
  @Mixin private OutputOption output;
  @Mixin private RuntimeOptions runtime;
  @Mixin private CommonOptions common;

  /**
   * The command.
   *
   * @param session to speak and be interrupted by
   */
  public FewshotCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws Exception {
    FewShotFiles files = new FewShotFiles(out, output.existing());
    files.requireFree();
    ImageDatasets.Split found =
        selection.apply(data.open(session.console(), runtime.seed()), runtime.seed());
    try (ModelArgument argument = model.resolve(session.console());
        Upstream upstream = Upstream.open(argument);
        FewShotReport report = new FewShotReport(session.console())) {
      FinetuneCommand.requireRaw(argument, upstream);
      session
          .console()
          .say(
              Text.of(
                  "%s (%s), %s, %,d pictures to draw from, %,d to judge by, on %s",
                  argument.name(),
                  upstream.architecture().name(),
                  Text.count(found.train().classes().size(), "class", "classes"),
                  found.train().size(),
                  found.heldOut().size(),
                  runtime.describe()));
      protocol.requireEnough(found.train(), runtime.seed());
      TrainingData looked = TrainingData.look(session, found, data, pictureOptions, check, runtime);
      FewShot experiment =
          FewShot.from(upstream.weights(), looked.split().train(), looked.split().heldOut())
              .architecture(upstream.architecture())
              .shots(protocol.shots())
              .subsets(protocol.subsets())
              .methods(protocol.methods())
              .hyperRule(protocol::change)
              .seed(runtime.seed())
              .session(runtime.session())
              .decoding(pictureOptions.decoding())
              .listener(report)
              .build();
      HyperRule rule = rule(experiment);
      session.interrupts().onInterrupt(experiment::cancel);
      FewShotResult result = experiment.call();
      files.write(
          result,
          FewShotFiles.about(
              argument, upstream, looked.split(), rule, TrainingSettings.typed(spec), runtime));
      report.finish(result, out, common.json());
      return 0;
    }
  }

  /** Refuses settings that do not fit before any training. */
  private HyperRule rule(FewShot experiment) throws IOException, Failure {
    try {
      return experiment.rule(protocol.shots().get(0));
    } catch (IllegalArgumentException e) {
      throw Contradiction.of(e);
    }
  }
}
