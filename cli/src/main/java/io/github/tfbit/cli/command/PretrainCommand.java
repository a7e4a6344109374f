package io.github.tfbit.cli.command;

import io.github.tfbit.Pretraining;
import io.github.tfbit.checkpoints.Existing;
import io.github.tfbit.cli.console.Text;
import io.github.tfbit.cli.options.ArchitectureConverter;
import io.github.tfbit.cli.options.CheckOptions;
import io.github.tfbit.cli.options.CommonOptions;
import io.github.tfbit.cli.options.DataOption;
import io.github.tfbit.cli.options.NumberFromZero;
import io.github.tfbit.cli.options.OutputOption;
import io.github.tfbit.cli.options.PictureOptions;
import io.github.tfbit.cli.options.PositiveInteger;
import io.github.tfbit.cli.options.PositiveNumber;
import io.github.tfbit.cli.options.RuntimeOptions;
import io.github.tfbit.cli.options.SelectionOptions;
import io.github.tfbit.cli.options.TrainingOptions;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.data.ImageDatasets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains a network from scratch. */
@Command(
    name = "pretrain",
    description = "Train a network from scratch, by the upstream recipe.",
    footer = {
      "",
      "Example:",
      "  tfbit pretrain --arch R26x0.25 --data cifar10 --out runs/small \\",
      "    --epochs 20 --batch 256 --resize 64 --crop 56"
    })
public final class PretrainCommand implements Callable<Integer> {
  private final Session session;

  @Spec private CommandSpec spec;

  @Option(
      names = "--arch",
      required = true,
      paramLabel = "A",
      converter = ArchitectureConverter.class,
      description = "Architecture by name, R50x1 … R152x4 or R26x0.25.")
  private Architecture architecture;

  @Mixin private DataOption data;
  @Mixin private TrainingOptions training;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      converter = PositiveNumber.class,
      description = "Times through the pictures (default: 90).")
  private Double epochs;

  @Option(
      names = "--warmup",
      paramLabel = "N",
      converter = PositiveInteger.class,
      description = "Steps of linear warm-up (default: 5000, at most a tenth of the run).")
  private Integer warmUp;

  @Option(
      names = "--weight-decay",
      paramLabel = "D",
      converter = NumberFromZero.class,
      description = "Weight decay (default: 0.0001).")
  private Double weightDecay;

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
  public PretrainCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws Exception {
    TrainingSettings.requireConsistent(spec, training, output);
    if (TrainingSettings.finished(session.console(), training, common.json())) {
      return 0;
    }
    ImageDatasets.Split found =
        selection.apply(data.open(session.console(), runtime.seed()), runtime.seed());
    session
        .console()
        .say(
            Text.of(
                "%s from scratch, %s, %s, %,d held out, on %s",
                architecture.name(),
                Text.count(found.train().classes().size(), "class", "classes"),
                Text.count(found.train().size(), "picture", "pictures"),
                found.heldOut().size(),
                runtime.describe()));
    TrainingData looked = TrainingData.look(session, found, data, pictureOptions, check, runtime);
    ImageDatasets.Split pictures = looked.split();
    try (TrainingReport report = new TrainingReport(session.console(), training.out())) {
      Pretraining.Builder job =
          Pretraining.of(architecture, pictures.train()).flip(training.flip());
      if (epochs != null) {
        job.epochs(epochs);
      }
      if (warmUp != null) {
        job.warmUp(warmUp);
      }
      if (weightDecay != null) {
        job.weightDecay(weightDecay);
      }
      training.batch().ifPresent(job::batch);
      training.rate().ifPresent(job::rate);
      training.resize().ifPresent(job::resize);
      training.crop().ifPresent(job::crop);
      Pretraining run =
          TrainingSettings.apply(
                  looked.apply(job, pictureOptions), training, runtime, pictures.heldOut())
              .replace(output.existing() == Existing.REPLACE)
              .command(TrainingSettings.typed(spec))
              .listener(report)
              .build();
      TrainingSettings.cancelOnInterrupt(session, run::cancel);
      run.call();
      report.finish(common.json());
      return 0;
    }
  }
}
