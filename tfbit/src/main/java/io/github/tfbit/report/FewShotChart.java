package io.github.tfbit.report;

import io.github.tfbit.fewshot.FewShotResult;
import io.github.tfbit.fewshot.Method;
import io.github.tfbit.fewshot.Shots;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Accuracy by pictures a class, after figure 4 of the paper: a line through the medians and a point
 * for each trial. Shots stand at equal distances.
 */
public final class FewShotChart {
  private static final int WIDTH = 900;
  private static final int HEIGHT = 600;

  private static final Map<Method, Color> COLOURS =
      new EnumMap<>(
          Map.of(
              Method.FINETUNE, new Color(0x1d5a9e),
              Method.SCRATCH, new Color(0xb3500f),
              Method.FROZEN, new Color(0x2b7a3d),
              Method.PROBE, new Color(0x7a3d8c)));

  private static final Map<Method, String> NAMES =
      new EnumMap<>(
          Map.of(
              Method.FINETUNE, "fine-tuned",
              Method.SCRATCH, "from scratch",
              Method.FROZEN, "head alone",
              Method.PROBE, "least squares"));

  private FewShotChart() {}

  /**
   * Draws.
   *
   * @param result at least one trial
   * @param title over the chart
   * @return a PNG of {@value #WIDTH} x {@value #HEIGHT} points at twice the resolution
   * @throws IOException if it cannot be encoded
   */
  public static byte[] png(FewShotResult result, String title) throws IOException {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle("training pictures per class")
            .yAxisTitle("test accuracy, %")
            .build();
    List<Shots> shots = result.shots();
    style(chart.getStyler(), shots);
    chart.setCustomXAxisTickLabelsFormatter(x -> label(x, shots));
    for (Method method : result.methods()) {
      median(chart, result, method, shots);
      trials(chart, result, method, shots);
    }
    return Pngs.of(chart, WIDTH, HEIGHT);
  }

  private static void style(XYStyler styler, List<Shots> shots) {
    styler
        .setXAxisMin(shots.size() == 1 ? -1.0 : 0.0)
        .setXAxisMax(Math.max(1.0, shots.size() - 1))
        .setYAxisMin(0.0)
        .setYAxisMax(100.0)
        .setLegendPosition(Styler.LegendPosition.InsideSE)
        .setChartBackgroundColor(Color.WHITE)
        .setPlotBorderVisible(false)
        .setChartTitleBoxVisible(false)
        .setChartTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 18))
        .setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14))
        .setAntiAlias(true);
    styler.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 15));
    styler.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
    styler.setPlotGridVerticalLinesVisible(false);
    styler.setXAxisTickMarkSpacingHint(WIDTH / (shots.size() + 2));
  }

  /** The library takes other ticks where two have one label, so places without shots differ. */
  private static String label(double x, List<Shots> shots) {
    int i = (int) Math.rint(x);
    boolean at = Math.abs(x - i) < 1e-6 && i >= 0 && i < shots.size();
    return at ? shots.get(i).toString() : x < 0 ? "" : " ";
  }

  private static void median(
      XYChart chart, FewShotResult result, Method method, List<Shots> shots) {
    List<Double> x = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    for (int i = 0; i < shots.size(); i++) {
      double at = i;
      result
          .median(method, shots.get(i))
          .ifPresent(
              m -> {
                x.add(at);
                y.add(100 * m);
              });
    }
    XYSeries series = chart.addSeries(NAMES.get(method) + ", median", x, y);
    series.setLineColor(COLOURS.get(method)).setLineStyle(new BasicStroke(2.5f));
    series.setMarker(SeriesMarkers.NONE);
  }

  private static void trials(
      XYChart chart, FewShotResult result, Method method, List<Shots> shots) {
    List<Double> x = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    for (int i = 0; i < shots.size(); i++) {
      for (double accuracy : result.accuracies(method, shots.get(i))) {
        x.add((double) i);
        y.add(100 * accuracy);
      }
    }
    XYSeries series = chart.addSeries(NAMES.get(method) + ", trials", x, y);
    series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    series.setMarkerColor(translucent(COLOURS.get(method))).setMarker(SeriesMarkers.CIRCLE);
    series.setShowInLegend(false);
  }

  private static Color translucent(Color c) {
    return new Color(c.getRed(), c.getGreen(), c.getBlue(), 140);
  }
}
