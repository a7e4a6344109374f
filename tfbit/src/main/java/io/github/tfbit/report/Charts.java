package io.github.tfbit.report;

import io.github.tfbit.evaluate.Calibration;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Charts as PNG files, two pixels for each of a page's. Empty on a machine that cannot draw text,
 * such as one without fonts: the numbers are on the page beside them.
 */
final class Charts {
  /** Of a page's pixels; the letters are as large as a phone needs that shrinks it. */
  static final int WIDTH = 560;

  static final int HEIGHT = 340;

  private static final int MOST_POINTS = 1000;
  private static final Color BLUE = new Color(0x1d5a9e);
  private static final Color GREY = new Color(0x888888);
  private static final Font LETTERS = new Font(Font.SANS_SERIF, Font.PLAIN, 16);

  private Charts() {}

  /** How something went with the steps. */
  static Optional<byte[]> curve(Curve curve) {
    return draw(
        () -> {
          XYChart chart = chart("steps", curve.unit());
          List<Curve.Point> points = curve.some(MOST_POINTS);
          double[] x = points.stream().mapToDouble(Curve.Point::step).toArray();
          double[] y = points.stream().mapToDouble(Curve.Point::value).toArray();
          line(chart.addSeries("values", x, y), points.size() < 2);
          return chart;
        });
  }

  /** Accuracy by confidence, and the diagonal that both would agree on. */
  static Optional<byte[]> reliability(Calibration calibration) {
    return draw(
        () -> {
          XYChart chart = chart("confidence", "share right");
          chart.getStyler().setXAxisMin(0.0).setXAxisMax(1.0).setYAxisMin(0.0).setYAxisMax(1.0);
          XYSeries agreed = chart.addSeries("agreed", new double[] {0, 1}, new double[] {0, 1});
          agreed.setMarker(SeriesMarkers.NONE).setLineColor(GREY);
          agreed.setLineStyle(new BasicStroke(1.5f, 0, 0, 1, new float[] {6, 5}, 0));
          List<Calibration.Bin> bins =
              calibration.bins().stream().filter(b -> b.count() > 0).toList();
          double[] x = bins.stream().mapToDouble(Calibration.Bin::confidence).toArray();
          double[] y = bins.stream().mapToDouble(Calibration.Bin::accuracy).toArray();
          line(chart.addSeries("found", x, y), true);
          return chart;
        });
  }

  private static void line(XYSeries series, boolean markers) {
    series.setLineColor(BLUE).setLineStyle(new BasicStroke(2.5f));
    series.setMarkerColor(BLUE);
    series.setMarker(markers ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
  }

  private static XYChart chart(String x, String y) {
    XYChart chart =
        new XYChartBuilder().width(WIDTH).height(HEIGHT).xAxisTitle(x).yAxisTitle(y).build();
    XYStyler styler = chart.getStyler();
    styler.setLocale(Locale.ROOT);
    styler.setLegendVisible(false);
    styler.setChartTitleVisible(false);
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBorderVisible(false);
    styler.setAxisTitleFont(LETTERS);
    styler.setAxisTickLabelsFont(LETTERS);
    styler.setXAxisMaxLabelCount(6);
    styler.setYAxisDecimalPattern("0.#####");
    styler.setYAxisTitleVisible(!y.isEmpty());
    styler.setMarkerSize(9);
    return chart;
  }

  /** Makes a chart. */
  private interface Maker {
    XYChart make();
  }

  private static Optional<byte[]> draw(Maker maker) {
    try {
      return Optional.of(Pngs.of(maker.make(), WIDTH, HEIGHT));
    } catch (IOException | RuntimeException | LinkageError | InternalError e) {
      System.getLogger(Charts.class.getName())
          .log(System.Logger.Level.DEBUG, "no charts can be drawn here: " + e);
      return Optional.empty();
    }
  }
}
