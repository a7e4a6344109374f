package io.github.tfbit.cli.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The comparison as text, at most 80 columns. */
final class DemoTable {
  private DemoTable() {}

  /** The lines; accuracies are means over the subsets, the spread is lowest to highest. */
  static List<String> lines(Comparison c) {
    List<String> lines = new ArrayList<>();
    lines.add(row("held-out accuracy", "transferred", "from scratch", "gain"));
    lines.add("-".repeat(77));
    lines.add(accuracy("start: after step " + step(c, c.startPoint()), c, c.startPoint()));
    lines.add(accuracy("half-way: after step " + step(c, c.middlePoint()), c, c.middlePoint()));
    lines.add(accuracy("end: after step " + step(c, c.endPoint()), c, c.endPoint()));
    lines.add(spread("end: lowest to highest subset", c));
    lines.add(slope(c));
    lines.add(catchUp(c));
    return lines;
  }

  private static String row(Object... cells) {
    return String.format(Locale.ROOT, "%-34s %14s %14s %12s", cells).stripTrailing();
  }

  private static int step(Comparison c, int point) {
    return c.transfer().steps().get(point);
  }

  private static String accuracy(String name, Comparison c, int point) {
    double ours = c.transfer().mean(point);
    double theirs = c.scratch().mean(point);
    return row(name, percent(ours), percent(theirs), points(ours - theirs));
  }

  private static String spread(String name, Comparison c) {
    return row(name, range(c.transfer(), c.endPoint()), range(c.scratch(), c.endPoint()), "");
  }

  private static String slope(Comparison c) {
    double ours = 10 * c.slope(c.transfer());
    double theirs = 10 * c.slope(c.scratch());
    return row(
        "slope to half-way, per 10 steps",
        points(ours),
        points(theirs),
        theirs > 0 ? String.format(Locale.ROOT, "x %.1f", ours / theirs) : "-");
  }

  private static String catchUp(Comparison c) {
    double end = c.scratch().mean(c.endPoint());
    int step = c.transfer().stepReaching(end);
    return row(
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
