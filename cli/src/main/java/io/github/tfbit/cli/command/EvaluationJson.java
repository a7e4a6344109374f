package io.github.tfbit.cli.command;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.tfbit.evaluate.Calibration;
import io.github.tfbit.evaluate.ClassScore;
import io.github.tfbit.evaluate.Confusion;
import io.github.tfbit.evaluate.Evaluation;
import io.github.tfbit.evaluate.Interval;
import io.github.tfbit.evaluate.LabelScore;
import java.util.List;

/** An evaluation as programs read it. */
final class EvaluationJson {
  /** A square of more classes than this is left out; the list of what occurs is there always. */
  private static final int SQUARE = 1000;

  private EvaluationJson() {}

  /**
   * Adds an evaluation to a result.
   *
   * @param json to add to
   * @param result to add
   * @param classes names in the order of the head
   */
  static void addTo(JsonObject json, Evaluation result, List<String> classes) {
    json.addProperty("examples", result.examples());
    json.add("top1", number(result.top1()));
    json.add("top1_interval", interval(result.accuracy().top1Interval()));
    json.add("top5", number(result.top5()));
    json.add("top5_interval", interval(result.accuracy().top5Interval()));
    json.add("mean_recall", number(result.meanRecall()));
    json.add("mean_precision", number(result.meanPrecision()));
    json.add("mean_f1", number(result.meanF1()));
    json.add("ece", number(result.ece()));
    json.add("cross_entropy", number(result.crossEntropy()));
    json.add("reliability", reliability(result.calibration()));
    result
        .labels()
        .ifPresent(
            l -> {
              json.add("mean_average_precision", number(l.meanAveragePrecision()));
              json.add("macro_f1", number(l.macroF1()));
              json.add("micro_f1", number(l.microF1()));
            });
    json.add("classes", classes(result, classes));
    Confusion confusion = result.confusion();
    if (classes.size() <= SQUARE) {
      json.add("confusion", square(confusion));
    }
    JsonArray mistakes = new JsonArray();
    for (Confusion.Cell m : confusion.mistakes(Integer.MAX_VALUE)) {
      JsonObject cell = new JsonObject();
      cell.addProperty("label", classes.get(m.label()));
      cell.addProperty("answered", classes.get(m.answer()));
      cell.addProperty("examples", m.count());
      mistakes.add(cell);
    }
    json.add("mistakes", mistakes);
  }

  private static JsonArray classes(Evaluation result, List<String> classes) {
    JsonArray list = new JsonArray();
    for (ClassScore c : result.confusion().perClass()) {
      JsonObject entry = new JsonObject();
      entry.addProperty("label", classes.get(c.label()));
      entry.addProperty("examples", c.support());
      entry.addProperty("predicted", c.predicted());
      entry.add("recall", number(c.recall()));
      entry.add("recall_interval", interval(c.recallInterval()));
      entry.add("precision", number(c.precision()));
      entry.add("f1", number(c.f1()));
      result.labels().ifPresent(l -> addLabel(entry, l.labels().get(c.label())));
      list.add(entry);
    }
    return list;
  }

  private static void addLabel(JsonObject entry, LabelScore l) {
    entry.addProperty("label_examples", l.support());
    entry.add("average_precision", number(l.averagePrecision()));
    entry.add("threshold", number(l.threshold()));
    entry.add("label_precision", number(l.precision()));
    entry.add("label_recall", number(l.recall()));
    entry.add("label_f1", number(l.f1()));
  }

  private static JsonArray reliability(Calibration calibration) {
    JsonArray bins = new JsonArray();
    for (Calibration.Bin b : calibration.bins()) {
      JsonObject bin = new JsonObject();
      bin.addProperty("examples", b.count());
      bin.add("confidence", number(b.confidence()));
      bin.add("accuracy", number(b.accuracy()));
      bins.add(bin);
    }
    return bins;
  }

  private static JsonArray square(Confusion confusion) {
    long[][] rows = new long[confusion.classes()][confusion.classes()];
    confusion.cells().forEach(c -> rows[c.label()][c.answer()] = c.count());
    JsonArray square = new JsonArray();
    for (long[] row : rows) {
      JsonArray line = new JsonArray();
      for (long n : row) {
        line.add(n);
      }
      square.add(line);
    }
    return square;
  }

  private static JsonArray interval(Interval i) {
    JsonArray ends = new JsonArray();
    ends.add(number(i.low()));
    ends.add(number(i.high()));
    return ends;
  }

  /** NaN is no JSON. */
  private static JsonElement number(double x) {
    return Double.isFinite(x) ? new JsonPrimitive(x) : JsonNull.INSTANCE;
  }
}
