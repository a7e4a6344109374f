package io.github.tfbit.cli.demo;

import com.google.errorprone.annotations.FormatMethod;
import io.github.tfbit.report.HtmlText;
import java.util.Locale;

/**
 * Both curves on one axis as inline SVG. Written here in a few lines since it needs no fonts and no
 * library on the machine that draws it: the reader's browser has the fonts.
 */
final class CurveChart {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 410;
  private static final int LEFT = 86;
  private static final int RIGHT = 26;
  private static final int TOP = 66;
  private static final int BOTTOM = 58;

  private final Comparison comparison;
  private final StringBuilder svg = new StringBuilder();

  private CurveChart(Comparison comparison) {
    this.comparison = comparison;
  }

  /** One {@code <svg>} element, as wide as what it stands in. */
  static String svg(Comparison comparison) {
    return new CurveChart(comparison).draw();
  }

  private String draw() {
    add(
        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"Held-out accuracy by step: %s and"
            + " %s\" xmlns=\"http://www.w3.org/2000/svg\">",
        WIDTH,
        HEIGHT,
        HtmlText.escape(comparison.transfer().label()),
        HtmlText.escape(comparison.scratch().label()));
    axes();
    curve(comparison.scratch(), "#b3500f", "7 5");
    curve(comparison.transfer(), "#1d5a9e", "none");
    legend();
    svg.append("</svg>");
    return svg.toString();
  }

  private void axes() {
    for (int percent = 0; percent <= 100; percent += 20) {
      double y = y(percent / 100.0);
      add(
          "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"#8886\"/>",
          LEFT, y, WIDTH - RIGHT, y);
      add("<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%d %%</text>", LEFT - 8, y + 5, percent);
    }
    int last = lastStep();
    for (int i = 0; i <= 4; i++) {
      int step = Math.round(last * i / 4f);
      add("<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%d</text>", x(step), HEIGHT - 32, step);
    }
    add(
        "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">steps</text>",
        (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 6);
  }

  private void curve(Curve curve, String colour, String dashes) {
    StringBuilder band = new StringBuilder();
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < curve.points(); i++) {
      double x = x(curve.steps().get(i));
      append(band, x, y(curve.highest(i)));
      append(line, x, y(curve.mean(i)));
    }
    for (int i = curve.points() - 1; i >= 0; i--) {
      append(band, x(curve.steps().get(i)), y(curve.lowest(i)));
    }
    add("<polygon points=\"%s\" fill=\"%s\" fill-opacity=\"0.18\"/>", band, colour);
    add(
        "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"3\""
            + " stroke-dasharray=\"%s\" stroke-linejoin=\"round\"/>",
        line, colour, dashes);
  }

  private void legend() {
    entry(0, comparison.transfer().label(), "#1d5a9e", "none");
    entry(1, comparison.scratch().label(), "#b3500f", "7 5");
  }

  private void entry(int row, String label, String colour, String dashes) {
    int y = 16 + 26 * row;
    add(
        "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"%s\" stroke-width=\"3\""
            + " stroke-dasharray=\"%s\"/>",
        LEFT + 12, y, LEFT + 48, y, colour, dashes);
    add("<text x=\"%d\" y=\"%d\">%s</text>", LEFT + 56, y + 5, HtmlText.escape(label));
  }

  private int lastStep() {
    return comparison.transfer().steps().get(comparison.endPoint());
  }

  private double x(int step) {
    return LEFT + (WIDTH - LEFT - RIGHT) * (double) step / lastStep();
  }

  private double y(double accuracy) {
    return TOP + (HEIGHT - TOP - BOTTOM) * (1 - accuracy);
  }

  private static void append(StringBuilder points, double x, double y) {
    points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
  }

  @FormatMethod
  private void add(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
