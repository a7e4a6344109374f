package io.github.tfbit.cli.command;

import io.github.tfbit.FineTuning;
import io.github.tfbit.HyperRule;
import io.github.tfbit.checkpoints.Existing;
import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.cli.console.Failure;
import io.github.tfbit.cli.console.Text;
import io.github.tfbit.cli.options.CheckOptions;
import io.github.tfbit.cli.options.CommonOptions;
import io.github.tfbit.cli.options.DataOption;
import io.github.tfbit.cli.options.ModelArgument;
import io.github.tfbit.cli.options.ModelOption;
import io.github.tfbit.cli.options.NumberFromZero;
import io.github.tfbit.cli.options.OutputOption;
import io.github.tfbit.cli.options.PictureOptions;
import io.github.tfbit.cli.options.PlanOptions;
import io.github.tfbit.cli.options.PositiveInteger;
import io.github.tfbit.cli.options.RuntimeOptions;
import io.github.tfbit.cli.options.SelectionOptions;
import io.github.tfbit.cli.options.TrainingOptions;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.converters.Layout;
import io.github.tfbit.data.ImageDatasets;
import io.github.tfbit.graph.Endpoint;
import io.github.tfbit.plan.Change;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Trains a model on the user's own pictures. */
@Command(
    name = "finetune",
    description = "Train a model on your own pictures, by BiT-HyperRule unless told otherwise.",
    footer = {
      "",
      "Example:",
      "  tfbit finetune --model R50x1.npz --data photos --out runs/photos \\",
      "    --steps 100 --batch 32 --resize 160 --crop 128",
      "",
      "writes runs/photos/, which predict, evaluate and export take as their --model."
    })
public final class FinetuneCommand implements Callable<Integer> {
  private final Session session;

  @Spec private CommandSpec spec;
  @Mixin private ModelOption model;
  @Mixin private DataOption data;
  @Mixin private TrainingOptions training;

  @Option(
      names = "--steps",
      paramLabel = "N",
      converter = PositiveInteger.class,
      description = "Length of the run; the rule's schedule is scaled to it.")
  private Integer steps;

  @Option(
      names = "--mixup",
      paramLabel = "A",
      converter = NumberFromZero.class,
      description = "MixUp's alpha, 0 for none (default: 0.1 from 20,000 pictures on).")
  private Double mixUp;

  @Option(
      names = "--freeze",
      paramLabel = "PART",
      converter = FreezeConverter.class,
      description =
          "Leave the network as it is up to PART: backbone (only the head learns), block4, block3,"
              + " block2, block1 or root_block. Its features are computed once and cached; no"
              + " augmentation.")
  private Endpoint freeze;

  @Mixin private PlanOptions planOptions;
  @Mixin private PictureOptions pictureOptions;
  @Mixin private CheckOptions check;

  @Option(
      names = "--head",
      paramLabel = "HEAD",
      converter = HeadConverter.class,
      description =
          "new: start from a head of zeros (default). keep: go on with the model's head; classes"
              + " are matched by name, added ones start at zero.")
  private HeadChoice head = HeadChoice.NEW;

  @Mixin private SelectionOptions selection;
  @Mixin private OutputOption output;
  @Mixin private RuntimeOptions runtime;
  @Mixin private CommonOptions common;

  /** Reads what is to stay. */
  static final class FreezeConverter implements ITypeConverter<Endpoint> {
    @Override
    public Endpoint convert(String value) {
      if (value.equals("backbone")) {
        return Endpoint.PRE_LOGITS;
      }
      return Arrays.stream(Endpoint.values())
          .filter(e -> e.compareTo(Endpoint.PRE_LOGITS) < 0 && e.layer().equals(value))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "expected backbone, block4, block3, block2, block1 or root_block, found '"
                          + value
                          + "'"));
    }
  }

  /** What the head starts from. */
  enum HeadChoice {
    NEW,
    KEEP
  }

  /** Reads what the head starts from. */
  static final class HeadConverter implements ITypeConverter<HeadChoice> {
    @Override
    public HeadChoice convert(String value) {
      return switch (value) {
        case "new" -> HeadChoice.NEW;
        case "keep" -> HeadChoice.KEEP;
        default -> throw new TypeConversionException("expected new or keep, found '" + value + "'");
      };
    }
  }

  /**
   * The command.
   *
   * @param session to speak and be interrupted by
   */
  public FinetuneCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws Exception {
    TrainingSettings.requireConsistent(spec, training, output);
    if (freeze != null && mixUp != null && mixUp > 0) {
      throw new ParameterException(
          spec.commandLine(),
          "expected --freeze or --mixup, found both: features of pictures are not mixed");
    }
    if (!planOptions.dryRun()
        && TrainingSettings.finished(session.console(), training, common.json())) {
      return 0;
    }
    ImageDatasets.Split found =
        selection.apply(data.open(session.console(), runtime.seed()), runtime.seed());
    try (ModelArgument argument = model.resolve(session.console());
        Upstream upstream = Upstream.open(argument);
        TrainingReport report = new TrainingReport(session.console(), training.out())) {
      requireRaw(argument, upstream);
      Architecture architecture = upstream.architecture();
      session
          .console()
          .say(
              Text.of(
                  "%s (%s), %s, %s, %,d held out, on %s",
                  argument.name(),
                  architecture.name(),
                  Text.count(found.train().classes().size(), "class", "classes"),
                  Text.count(found.train().size(), "picture", "pictures"),
                  found.heldOut().size(),
                  runtime.describe()));
      TrainingData looked = TrainingData.look(session, found, data, pictureOptions, check, runtime);
      ImageDatasets.Split pictures = looked.split();
      HyperRule rule = rule(pictures, architecture);
      FineTuning.Builder job =
          FineTuning.from(upstream.weights(), pictures.train())
              .architecture(architecture)
              .hyperRule(rule)
              .upstreamFile(upstream.path())
              .upstreamName(argument.name());
      if (freeze != null) {
        job.freeze(freeze);
      }
      if (head == HeadChoice.KEEP) {
        job.keepHead(upstream.labels());
      }
      planOptions.within().ifPresent(job::within);
      job.mayGiveUp(possible());
      FineTuning run =
          TrainingSettings.apply(
                  looked.apply(job, pictureOptions), training, runtime, pictures.heldOut())
              .replace(output.existing() == Existing.REPLACE)
              .command(TrainingSettings.typed(spec))
              .listener(report)
              .build();
      if (planOptions.dryRun()) {
        PlanReport.tell(session.console(), run, training.out(), common.json());
        return 0;
      }
      TrainingSettings.cancelOnInterrupt(session, run::cancel);
      planOptions
          .within()
          .ifPresent(
              limit ->
                  session
                      .console()
                      .say(
                          "looking for what fits into "
                              + Text.duration((double) limit.toSeconds())
                              + ", some seconds for each way"));
      run.call();
      report.finish(common.json());
      return 0;
    }
  }

  /** What nobody asked for by name. */
  private Set<Change> possible() {
    Set<Change> changes = EnumSet.allOf(Change.class);
    if (training.batch().isPresent() || training.rate().isPresent() || training.batchSplit() != 0) {
      changes.remove(Change.BATCH);
    }
    if (training.resize().isPresent() || training.crop().isPresent()) {
      changes.remove(Change.PICTURES);
    }
    if (steps != null) {
      changes.remove(Change.SCHEDULE);
    }
    if (mixUp != null) {
      changes.remove(Change.BACKBONE);
    }
    return changes;
  }

  /** The length of a kernel decides how fast it learns, and an export has forgotten it. */
  static void requireRaw(ModelArgument argument, Upstream upstream) throws Failure {
    if (upstream.file().layout() == Layout.TFBIT_EXPORT) {
      throw new Failure(
          new Problem(
              "weights to start from, as a run or a published file has them",
              "an export for serving, whose kernels are standardised",
              "--model " + argument.name(),
              "name the run or the file that it was exported from"));
    }
  }

  private HyperRule rule(ImageDatasets.Split pictures, Architecture architecture) throws Exception {
    HyperRule.Builder rule =
        HyperRule.of(ImageDatasets.survey(pictures.train()), architecture).toBuilder();
    if (steps != null) {
      rule.steps(steps);
    }
    if (mixUp != null) {
      rule.mixUpAlpha(mixUp);
    }
    training.batch().ifPresent(rule::batch);
    training.rate().ifPresent(rule::rate);
    training.resize().ifPresent(rule::resize);
    training.crop().ifPresent(rule::crop);
    rule.flip(training.flip());
    try {
      return rule.build();
    } catch (IllegalArgumentException e) {
      throw Contradiction.of(e);
    }
  }
}
