package io.github.tfbit.cli.command;

import io.github.tfbit.cli.console.Console;
import io.github.tfbit.cli.console.Table;
import io.github.tfbit.cli.console.Text;
import io.github.tfbit.evaluate.ClassScore;
import io.github.tfbit.evaluate.Confusion;
import io.github.tfbit.evaluate.Evaluation;
import io.github.tfbit.evaluate.Interval;
import io.github.tfbit.evaluate.LabelScore;
import io.github.tfbit.evaluate.LabelScores;
import java.util.List;
import java.util.Optional;

/** An evaluation as people read it, at 80 columns. */
final class EvaluationText {
  /** With more classes than this the table of classes would be a wall of text; JSON has it. */
  private static final int CLASSES_SHOWN = 100;

  private static final int MISTAKES_SHOWN = 10;
  private static final int NAME_COLUMNS = 36;
  private static final double PERCENT = 100;

  private EvaluationText() {}

  /**
   * Prints an evaluation as tables.
   *
   * @param console to print on
   * @param result to print
   * @param classes names in the order of the head
   */
  static void print(Console console, Evaluation result, List<String> classes) {
    Table table =
        new Table(Table.Alignment.LEFT)
            .row("pictures", Text.of("%,d", result.examples()), "")
            .row("top-1", percent(result.top1()), range(result.accuracy().top1Interval()))
            .row("top-5", percent(result.top5()), range(result.accuracy().top5Interval()))
            .row("mean recall", percent(result.meanRecall()), "")
            .row("mean precision", percent(result.meanPrecision()), "")
            .row("mean F1", percent(result.meanF1()), "")
            .row("calibration error", Text.of("%.4f", result.ece()), "")
            .row("cross-entropy", Text.of("%.4f", result.crossEntropy()), "");
    result
        .labels()
        .ifPresent(
            l ->
                table
                    .row("mAP", percent(l.meanAveragePrecision()), "")
                    .row("macro F1 of labels", percent(l.macroF1()), "")
                    .row("micro F1 of labels", percent(l.microF1()), ""));
    table.lines().forEach(console::result);
    if (classes.size() > CLASSES_SHOWN) {
      console.result(Text.of("%,d classes: --json lists them", classes.size()));
    } else {
      console.result("");
      Optional<LabelScores> labels = result.labels();
      Table each = labels.isPresent() ? byLabel(labels.get(), classes) : byClass(result, classes);
      each.lines().forEach(console::result);
    }
    mistakes(console, result.confusion(), classes);
  }

  private static Table byClass(Evaluation result, List<String> classes) {
    Table table = new Table().row("class", "pictures", "recall", "95 % interval", "precision");
    for (ClassScore c : result.confusion().perClass()) {
      table.row(
          name(classes, c.label()),
          Text.of("%,d", c.support()),
          percent(c.recall()),
          plain(c.recallInterval()),
          percent(c.precision()));
    }
    return table;
  }

  private static Table byLabel(LabelScores labels, List<String> classes) {
    Table table = new Table().row("label", "pictures", "AP", "threshold", "F1");
    for (LabelScore l : labels.labels()) {
      table.row(
          name(classes, l.label()),
          Text.of("%,d", l.support()),
          percent(l.averagePrecision()),
          Double.isNaN(l.threshold()) ? "-" : Text.of("%.3f", l.threshold()),
          percent(l.f1()));
    }
    return table;
  }

  private static void mistakes(Console console, Confusion confusion, List<String> classes) {
    List<Confusion.Cell> mistakes = confusion.mistakes(MISTAKES_SHOWN);
    if (mistakes.isEmpty()) {
      return;
    }
    console.result("");
    Table table = new Table().row("most frequent mistakes", "answered", "pictures");
    for (Confusion.Cell m : mistakes) {
      table.row(name(classes, m.label()), name(classes, m.answer()), Text.of("%,d", m.count()));
    }
    table.lines().forEach(console::result);
  }

  private static String name(List<String> classes, int c) {
    String name = classes.get(c);
    return name.length() > NAME_COLUMNS ? name.substring(0, NAME_COLUMNS - 1) + "…" : name;
  }

  private static String range(Interval i) {
    return Double.isNaN(i.low()) ? "" : "95 % interval " + plain(i);
  }

  private static String plain(Interval i) {
    return Double.isNaN(i.low())
        ? "-"
        : Text.of("%.1f - %.1f %%", PERCENT * i.low(), PERCENT * i.high());
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
}
