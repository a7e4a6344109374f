package io.github.tfbit.cli.command;

import com.google.gson.JsonObject;
import io.github.tfbit.BitModel;
import io.github.tfbit.Labels;
import io.github.tfbit.cli.console.Text;
import io.github.tfbit.cli.options.CommonOptions;
import io.github.tfbit.cli.options.DataOption;
import io.github.tfbit.cli.options.ModelArgument;
import io.github.tfbit.cli.options.ModelOption;
import io.github.tfbit.cli.options.RuntimeOptions;
import io.github.tfbit.cli.options.SizeOption;
import io.github.tfbit.data.ImageDataset;
import io.github.tfbit.evaluate.Evaluation;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Judges a model by labelled pictures. */
@Command(
    name = "evaluate",
    description = "Judge a model by labelled pictures: accuracy, classes, mistakes, calibration.",
    footer = {
      "",
      "Example:",
      "  tfbit evaluate --model runs/photos --data photos",
      "",
      "Without splits on disk, what is judged by is the share that finetune holds out",
      "with the same --holdout and --seed."
    })
public final class EvaluateCommand implements Callable<Integer> {
  private final Session session;

  @Mixin private ModelOption model;
  @Mixin private DataOption data;

  @Option(
      names = "--split",
      paramLabel = "NAME",
      description = "test, train, all, or another split on disk (default: test).")
  private String split = "test";

  @Mixin private SizeOption size;
  @Mixin private RuntimeOptions runtime;
  @Mixin private CommonOptions common;

  /**
   * The command.
   *
   * @param session to speak and be interrupted by
   */
  public EvaluateCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws Exception {
    ImageDataset pictures = data.part(session.console(), split, runtime.seed());
    try (ModelArgument argument = model.resolve(session.console());
        BitModel opened = session.open(argument, runtime, size.get(), BitModel.DEFAULT_TOP)) {
      Session.requireHead(opened.head(), argument);
      session
          .console()
          .say(
              Text.of(
                  "judging by %s of %s (%s)",
                  Text.count(pictures.size(), "picture", "pictures"), data.name(), split));
      Evaluation result = opened.evaluate(new Watched(pictures, session));
      List<String> classes = classes(opened.labels(), pictures.classes());
      if (common.json()) {
        JsonObject json = Session.json(argument, opened);
        json.addProperty("split", split);
        EvaluationJson.addTo(json, result, classes);
        session.console().result(json);
      } else {
        EvaluationText.print(session.console(), result, classes);
      }
      return 0;
    }
  }

  /** The model's names, unless the data's classes were taken as they are. */
  private static List<String> classes(Labels labels, List<String> ofData) {
    List<String> order = labels.orderFor(ofData).orElse(ofData);
    boolean ours = order.equals(labels.names()) || order.equals(labels.wordNetIds());
    return labels.named() && ours ? labels.names() : ofData;
  }
}
