package io.github.tfbit.report;

import io.github.tfbit.evaluate.Calibration;
import io.github.tfbit.evaluate.ClassScore;
import io.github.tfbit.evaluate.Confusion;
import io.github.tfbit.evaluate.Evaluation;
import io.github.tfbit.evaluate.Interval;
import io.github.tfbit.evaluate.LabelScore;
import io.github.tfbit.evaluate.LabelScores;
import io.github.tfbit.report.Html.Cell;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What an evaluation came to. */
final class EvaluationPart {
  /** More rows than this are a wall; the worst are shown then. */
  private static final int CLASSES_SHOWN = 100;

  private static final int SQUARE_SHOWN = 20;
  private static final int PAIRS_SHOWN = 20;
  private static final double PERCENT = 100;

  private final Evaluation evaluation;
  private final List<String> classes;
  private final Optional<LabelScores> labels;

  EvaluationPart(Evaluation evaluation, List<String> classes) {
    this.evaluation = evaluation;
    this.classes = classes;
    this.labels = evaluation.labels();
  }

  String html() {
    StringBuilder html = new StringBuilder(tiles());
    if (labels.isPresent()) {
      return html.append(labelTable(labels.get())).toString();
    }
    return html.append(classTable()).append(confusion()).append(reliability()).toString();
  }

  private String tiles() {
    StringBuilder html = new StringBuilder("<dl class=\"tiles\">\n");
    labels.ifPresent(
        l -> {
          tile(html, "mAP", Html.percent(l.meanAveragePrecision()), "mean over the labels");
          tile(html, "macro F1", Html.percent(l.macroF1()), "at the thresholds below");
          tile(html, "micro F1", Html.percent(l.microF1()), "over all labels together");
        });
    tile(
        html,
        "top-1",
        Html.percent(evaluation.top1()),
        range(evaluation.accuracy().top1Interval()));
    if (labels.isEmpty()) {
      tile(
          html,
          "top-5",
          Html.percent(evaluation.top5()),
          range(evaluation.accuracy().top5Interval()));
      tile(html, "mean recall", Html.percent(evaluation.meanRecall()), "every class counts alike");
      tile(html, "calibration error", Html.number(evaluation.ece(), 3), "ECE, 15 bins");
    }
    tile(html, "pictures", Html.count(evaluation.examples()), "judged");
    return html.append("</dl>\n").toString();
  }

  private static void tile(StringBuilder html, String name, String value, String note) {
    html.append("<div><dt>").append(HtmlText.escape(name)).append("</dt><dd><b>");
    html.append(HtmlText.escape(value)).append("</b> <span>").append(HtmlText.escape(note));
    html.append("</span></dd></div>\n");
  }

  private static String range(Interval i) {
    return Double.isNaN(i.low())
        ? ""
        : String.format(Locale.ROOT, "95 %%: %.1f to %.1f", PERCENT * i.low(), PERCENT * i.high());
  }

  private String classTable() {
    List<ClassScore> all = evaluation.confusion().perClass();
    List<ClassScore> shown =
        all.size() <= CLASSES_SHOWN
            ? all
            : all.stream()
                .filter(c -> c.support() > 0)
                .sorted(Comparator.comparingDouble(ClassScore::f1))
                .limit(CLASSES_SHOWN)
                .toList();
    List<List<Cell>> rows = new ArrayList<>();
    for (ClassScore c : shown) {
      rows.add(
          List.of(
              Cell.name(classes.get(c.label())),
              Cell.text(Html.count(c.support())),
              Cell.text(Html.percent(c.recall())),
              Cell.text(range(c.recallInterval()).replace("95 %: ", "")),
              Cell.text(Html.percent(c.precision())),
              Cell.text(Html.percent(c.f1()))));
    }
    return Html.heading("Classes")
        + worstNote(all.size())
        + Html.table(
            "Figures of each class",
            List.of("class", "pictures", "recall", "95 % interval", "precision", "F1"),
            rows);
  }

  private String labelTable(LabelScores scores) {
    List<LabelScore> shown =
        scores.labels().size() <= CLASSES_SHOWN
            ? scores.labels()
            : scores.labels().stream()
                .filter(l -> l.support() > 0)
                .sorted(Comparator.comparingDouble(LabelScore::averagePrecision))
                .limit(CLASSES_SHOWN)
                .toList();
    List<List<Cell>> rows = new ArrayList<>();
    for (LabelScore l : shown) {
      rows.add(
          List.of(
              Cell.name(classes.get(l.label())),
              Cell.text(Html.count(l.support())),
              Cell.text(Html.percent(l.averagePrecision())),
              Cell.text(Html.number(l.threshold(), 3)),
              Cell.text(Html.percent(l.precision())),
              Cell.text(Html.percent(l.recall())),
              Cell.text(Html.percent(l.f1()))));
    }
    return Html.heading("Labels")
        + worstNote(scores.labels().size())
        + Html.table(
            "Figures of each label",
            List.of("label", "pictures", "AP", "threshold", "precision", "recall", "F1"),
            rows);
  }

  private static String worstNote(int classes) {
    return classes <= CLASSES_SHOWN
        ? ""
        : Html.paragraph(
            String.format(
                Locale.ROOT,
                "The %d that do worst, of %,d; evaluate --json lists all.",
                CLASSES_SHOWN,
                classes));
  }

  private String confusion() {
    Confusion confusion = evaluation.confusion();
    List<List<Cell>> pairs = new ArrayList<>();
    for (Confusion.Cell m : confusion.mistakes(PAIRS_SHOWN)) {
      pairs.add(
          List.of(
              Cell.name(classes.get(m.label())),
              Cell.name(classes.get(m.answer())),
              Cell.text(Html.count(m.count()))));
    }
    String html = Html.heading("What is taken for what");
    if (classes.size() <= SQUARE_SHOWN) {
      html += ConfusionSquare.html(confusion, classes);
    }
    if (pairs.isEmpty()) {
      return html + Html.paragraph("Not one picture was taken for something else.");
    }
    return html
        + Html.table("The most frequent mistakes", List.of("is", "taken for", "pictures"), pairs);
  }

  private String reliability() {
    Calibration calibration = evaluation.calibration();
    List<List<Cell>> rows = new ArrayList<>();
    for (int b = 0; b < Calibration.BINS; b++) {
      Calibration.Bin bin = calibration.bins().get(b);
      if (bin.count() > 0) {
        rows.add(
            List.of(
                Cell.text(
                    String.format(
                        Locale.ROOT,
                        "%.2f to %.2f",
                        b / (double) Calibration.BINS,
                        (b + 1) / (double) Calibration.BINS)),
                Cell.text(Html.count(bin.count())),
                Cell.text(Html.percent(bin.confidence())),
                Cell.text(Html.percent(bin.accuracy()))));
      }
    }
    String words =
        "Reliability diagram: share of right answers by confidence; the expected calibration error"
            + " is "
            + Html.number(calibration.error(), 3);
    String numbers =
        Html.table("Calibration", List.of("confidence", "pictures", "mean", "share right"), rows);
    return Html.heading("Calibration")
        + Html.paragraph(
            "Is the model right as often as it is sure? On the dashed line it is: below it, it is"
                + " too sure of itself, above it not sure enough.")
        + Html.chart("Share right by confidence", words, Charts.reliability(calibration), numbers);
  }
}
