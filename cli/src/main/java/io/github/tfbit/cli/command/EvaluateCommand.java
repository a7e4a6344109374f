package io.github.tfbit.cli.command;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.tfbit.BitModel;
import io.github.tfbit.Evaluation;
import io.github.tfbit.Labels;
import io.github.tfbit.cli.console.Console;
import io.github.tfbit.cli.console.Table;
import io.github.tfbit.cli.console.Text;
import io.github.tfbit.cli.options.CommonOptions;
import io.github.tfbit.cli.options.DataOption;
import io.github.tfbit.cli.options.ModelArgument;
import io.github.tfbit.cli.options.ModelOption;
import io.github.tfbit.cli.options.RuntimeOptions;
import io.github.tfbit.cli.options.SizeOption;
import io.github.tfbit.data.ImageDataset;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Judges a model by labelled pictures. */
@Command(
    name = "evaluate",
    description = "Judge a model by labelled pictures: top-1, top-5, classes, calibration.",
    footer = {
      "",
      "Example:",
      "  tfbit evaluate --model runs/photos --data photos",
      "",
      "Without splits on disk, what is judged by is the share that finetune holds out",
      "with the same --holdout and --seed."
    })
public final class EvaluateCommand implements Callable<Integer> {
  /** With more classes than this the table of classes would be a wall of text; JSON has it. */
  private static final int CLASSES_SHOWN = 100;

  private static final int NAME_COLUMNS = 48;
  private static final double PERCENT = 100;

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
    ImageDataset pictures = data.part(split, runtime.seed());
    try (ModelArgument argument = model.resolve(session.console());
        BitModel opened = session.open(argument, runtime, size.get(), BitModel.DEFAULT_TOP)) {
      Session.requireHead(opened.head(), argument);
      session
          .console()
          .say(
              Text.of(
                  "judging by %s of %s (%s)",
                  Text.count(pictures.size(), "picture", "pictures"), data.path(), split));
      Evaluation result = opened.evaluate(new Watched(pictures, session));
      List<String> classes = classes(opened.labels(), pictures.classes());
      if (common.json()) {
        JsonObject json = Session.json(argument, opened);
        json.addProperty("split", split);
        addTo(json, result, classes);
        session.console().result(json);
      } else {
        print(session.console(), result, classes);
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

  /**
   * Prints an evaluation as tables.
   *
   * @param console to print on
   * @param result to print
   * @param classes names in the order of the head
   */
  static void print(Console console, Evaluation result, List<String> classes) {
    new Table()
        .row("pictures", Text.of("%,d", result.examples()))
        .row("top-1", percent(result.top1()))
        .row("top-5", percent(result.top5()))
        .row("mean of the classes", percent(result.meanRecall()))
        .row("calibration error", Text.of("%.4f", result.ece()))
        .lines()
        .forEach(console::result);
    if (classes.size() > CLASSES_SHOWN) {
      console.result(Text.of("%,d classes: --json lists them", classes.size()));
      return;
    }
    console.result("");
    Table table = new Table().row("class", "pictures", "right");
    for (int c = 0; c < classes.size(); c++) {
      String name = classes.get(c);
      table.row(
          name.length() > NAME_COLUMNS ? name.substring(0, NAME_COLUMNS - 1) + "…" : name,
          Text.of("%,d", pictures(result, c)),
          percent(result.recallByClass()[c]));
    }
    table.lines().forEach(console::result);
  }

  private static long pictures(Evaluation result, int c) {
    return Arrays.stream(result.confusion()[c]).sum();
  }

  /**
   * A share as people read it.
   *
   * @param share from 0 to 1, or NaN where there is nothing to share
   * @return such as {@code 83.33 %}
   */
  static String percent(double share) {
    return Double.isNaN(share) ? "-" : Text.of("%.2f %%", PERCENT * share);
  }

  private static void addTo(JsonObject json, Evaluation result, List<String> classes) {
    json.addProperty("examples", result.examples());
    json.addProperty("top1", result.top1());
    json.addProperty("top5", result.top5());
    json.addProperty("mean_recall", result.meanRecall());
    json.addProperty("ece", result.ece());
    JsonArray list = new JsonArray();
    for (int c = 0; c < classes.size(); c++) {
      double recall = result.recallByClass()[c];
      JsonObject entry = new JsonObject();
      entry.addProperty("label", classes.get(c));
      entry.addProperty("examples", pictures(result, c));
      entry.addProperty("recall", Double.isNaN(recall) ? null : (Double) recall);
      list.add(entry);
    }
    json.add("classes", list);
    JsonArray confusion = new JsonArray();
    for (long[] row : result.confusion()) {
      JsonArray line = new JsonArray();
      Arrays.stream(row).forEach(line::add);
      confusion.add(line);
    }
    json.add("confusion", confusion);
  }
}
