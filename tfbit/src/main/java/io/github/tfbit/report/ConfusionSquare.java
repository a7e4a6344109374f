package io.github.tfbit.report;

import io.github.tfbit.evaluate.Confusion;
import io.github.tfbit.report.Html.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Every pair of a few classes, as a table with shades. Columns go by number to stay narrow. */
final class ConfusionSquare {
  private static final double DARKEST = 0.75;

  private ConfusionSquare() {}

  static String html(Confusion confusion, List<String> classes) {
    int n = classes.size();
    List<String> headings = new ArrayList<>();
    headings.add("is \\ taken for");
    List<List<Cell>> rows = new ArrayList<>();
    for (int label = 0; label < n; label++) {
      headings.add(String.valueOf(label + 1));
      long all = 0;
      for (int answer = 0; answer < n; answer++) {
        all += confusion.count(label, answer);
      }
      List<Cell> row = new ArrayList<>();
      row.add(new Cell((label + 1) + " " + HtmlText.name(classes.get(label)), ""));
      for (int answer = 0; answer < n; answer++) {
        row.add(cell(confusion.count(label, answer), all, label == answer));
      }
      rows.add(row);
    }
    return "<div class=\"square\">" + Html.table("Confusion matrix", headings, rows) + "</div>\n";
  }

  private static Cell cell(long count, long of, boolean right) {
    if (count == 0) {
      return new Cell("<span class=\"none\">0</span>", "");
    }
    String shade =
        String.format(
            Locale.ROOT,
            " style=\"background:rgba(%s,%.2f)\"",
            right ? "44,122,63" : "179,38,30",
            DARKEST * count / of);
    return new Cell(Html.count(count), shade);
  }
}
