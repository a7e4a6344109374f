package io.github.tfbit.cli.command;

import com.google.gson.JsonObject;
import io.github.tfbit.BitModel;
import io.github.tfbit.HtmlReport;
import io.github.tfbit.Labels;
import io.github.tfbit.cli.console.Text;
import io.github.tfbit.cli.options.CommonOptions;
import io.github.tfbit.cli.options.DataOption;
import io.github.tfbit.cli.options.ModelArgument;
import io.github.tfbit.cli.options.ModelOption;
import io.github.tfbit.cli.options.OutputOption;
import io.github.tfbit.cli.options.RuntimeOptions;
import io.github.tfbit.cli.options.SizeOption;
import io.github.tfbit.converters.Activation;
import io.github.tfbit.data.ImageDataset;
import io.github.tfbit.evaluate.Answer;
import io.github.tfbit.evaluate.Evaluation;
import io.github.tfbit.evaluate.WorstMistakes;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Judges a model by labelled pictures. */
@Command(
    name = "evaluate",
    description = "Judge a model by labelled pictures: accuracy, classes, mistakes, calibration.",
    footer = {
      "",
      "Example:",
      "  tfbit evaluate --model runs/photos --data photos --report photos.html",
      "",
      "Without splits on disk, what is judged by is the share that finetune holds out",
      "with the same --holdout and --seed."
    })
public final class EvaluateCommand implements Callable<Integer> {
  private final Session session;

  @Spec private CommandSpec spec;
  @Mixin private ModelOption model;
  @Mixin private DataOption data;

  @Option(
      names = "--split",
      paramLabel = "NAME",
      description = "test, train, all, or another split on disk (default: test).")
  private String split = "test";

  @Option(
      names = "--report",
      paramLabel = "FILE.html",
      description = "Write a page to look at, with the worst mistakes as pictures.")
  private Path report;

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description = "Write path,label,prediction,score of every picture.")
  private Path csv;

  @Mixin private SizeOption size;
  @Mixin private OutputOption output;
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
    try (AnswerTable table = AnswerTable.open(Optional.ofNullable(csv), output.existing());
        PageFile page = PageFile.open(Optional.ofNullable(report), output.existing());
        ModelArgument argument = model.resolve(session.console());
        BitModel opened =
            session.open(
                argument, runtime.session(pictures.size()), size.get(), BitModel.DEFAULT_TOP)) {
      Session.requireHead(opened.head(), argument);
      session
          .console()
          .say(
              Text.of(
                  "judging by %s of %s (%s)",
                  Text.count(pictures.size(), "picture", "pictures"), data.name(), split));
      List<String> classes = classes(opened.labels(), pictures.classes());
      Activation activation = opened.head().orElseThrow().activation();
      WorstMistakes worst = new WorstMistakes(activation, HtmlReport.MISTAKES);
      Answer.Sink rows = table.rows(classes, activation);
      long start = System.nanoTime();
      Evaluation result =
          opened.evaluate(
              new Watched(pictures, session),
              answer -> {
                worst.accept(answer);
                rows.accept(answer);
              });
      double rate = pictures.size() * 1e9 / (System.nanoTime() - start);
      table.commit();
      if (page.isWanted()) {
        EvaluationPage judged =
            new EvaluationPage(result, classes, worst.list(), pictures, how(rate));
        page.commit(judged.html(argument, opened, TrainingSettings.typed(spec)));
      }
      tell(argument, opened, result, classes);
      return 0;
    }
  }

  private Map<String, String> how(double rate) {
    Map<String, String> how = new LinkedHashMap<>();
    how.put("data", data.name());
    how.put("split", split);
    how.put("seed", String.valueOf(runtime.seed()));
    how.put("device", runtime.describe());
    how.put("pictures a second", Text.rate(rate));
    return how;
  }

  private void tell(
      ModelArgument argument, BitModel opened, Evaluation result, List<String> classes) {
    if (common.json()) {
      JsonObject json = Session.json(argument, opened);
      json.addProperty("split", split);
      if (result.labels().isPresent()) {
        json.addProperty("thresholds", opened.thresholds().isPresent() ? "stored" : "best_f1_here");
      }
      EvaluationJson.addTo(json, result, classes);
      session.console().result(json);
    } else {
      EvaluationText.print(session.console(), result, classes);
      if (result.labels().isPresent()) {
        session
            .console()
            .result(
                opened.thresholds().isPresent()
                    ? "thresholds: as the run stored them"
                    : "thresholds: those with the best F1 on these pictures; none are stored");
      }
    }
  }

  /** The model's names, unless the data's classes were taken as they are. */
  private static List<String> classes(Labels labels, List<String> ofData) {
    List<String> order = labels.orderFor(ofData).orElse(ofData);
    boolean ours = order.equals(labels.names()) || order.equals(labels.wordNetIds());
    return labels.named() && ours ? labels.names() : ofData;
  }
}
