package io.github.tfbit.report;

import java.util.ArrayList;
import java.util.List;

/**
 * How something went with the steps of a run.
 *
 * @param title what it is
 * @param unit of the values: {@code %}, or empty
 * @param points in the order of the steps
 */
public record Curve(String title, String unit, List<Point> points) {
  /**
   * One value.
   *
   * @param step how many steps were done
   * @param value of it, finite
   */
  public record Point(double step, double value) {}

  /** Copies the points. */
  public Curve {
    points = List.copyOf(points);
  }

  /** At most so many of the points, evenly, with the first and the last. */
  List<Point> some(int most) {
    if (points.size() <= most) {
      return points;
    }
    List<Point> some = new ArrayList<>(most);
    for (int i = 0; i < most; i++) {
      some.add(points.get((int) Math.round(i * (points.size() - 1.0) / (most - 1))));
    }
    return some;
  }
}
