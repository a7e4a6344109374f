package io.github.tfbit.cli.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The comparison as text, at most 80 columns. */
final class DemoTable {
  private DemoTable() {}

  /** The table as lines for a terminal. */
  static List<String> lines(Comparison c) {
    List<String> lines = new ArrayList<>();
    for (List<String> r : rows(c)) {
      lines.add(
          String.format(Locale.ROOT, "%-34s %14s %14s %12s", r.get(0), r.get(1), r.get(2), r.get(3))
              .stripTrailing());
    }
    lines.add(1, "-".repeat(77));
    return lines;
  }

  /** Heading and rows of four cells; accuracies are means over the subsets. */
  static List<List<String>> rows(Comparison c) {
    return List.of(
        List.of("held-out accuracy", "transferred", "from scratch", "gain"),
        accuracy("start: after step " + step(c, c.startPoint()), c, c.startPoint()),
        accuracy("half-way: after step " + step(c, c.middlePoint()), c, c.middlePoint()),
        accuracy("end: after step " + step(c, c.endPoint()), c, c.endPoint()),
        spread("end: lowest to highest subset", c),
        slope(c),
        catchUp(c));
  }

  private static int step(Comparison c, int point) {
    return c.transfer().steps().get(point);
  }

  private static List<String> accuracy(String name, Comparison c, int point) {
    double ours = c.transfer().mean(point);
    double theirs = c.scratch().mean(point);
    return List.of(name, percent(ours), percent(theirs), points(ours - theirs));
  }

  private static List<String> spread(String name, Comparison c) {
    return List.of(name, range(c.transfer(), c.endPoint()), range(c.scratch(), c.endPoint()), "");
  }

  private static List<String> slope(Comparison c) {
    double ours = 10 * c.slope(c.transfer());
    double theirs = 10 * c.slope(c.scratch());
    return List.of(
        "slope to half-way, per 10 steps",
        points(ours),
        points(theirs),
        theirs > 0 ? String.format(Locale.ROOT, "x %.1f", ours / theirs) : "-");
  }

  private static List<String> catchUp(Comparison c) {
    double end = c.scratch().mean(c.endPoint());
    int step = c.transfer().stepReaching(end);
    return List.of(
        "steps to from-scratch's end",
        step < 0 ? "never" : String.valueOf(step),
        String.valueOf(step(c, c.endPoint())),
        "");
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  private static String points(double share) {
    return String.format(Locale.ROOT, "%+.1f pts", 100 * share);
  }

  private static String range(Curve curve, int point) {
    return String.format(
        Locale.ROOT, "%.0f to %.0f %%", 100 * curve.lowest(point), 100 * curve.highest(point));
  }
}
