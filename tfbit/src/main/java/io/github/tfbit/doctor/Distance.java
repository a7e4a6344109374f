package io.github.tfbit.doctor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How far answers are from each other: root mean square of the differences of their logarithms, in
 * units of how much they vary. 0 is alike, 1 is unrelated.
 */
final class Distance {
  /** Closer than that nobody sees a difference: TensorFlow's own last digits are some 1e-6. */
  static final double ALIKE = 5e-4;

  /** As far as bfloat16 puts answers apart; half precision less. */
  static final double COARSE = 8e-2;

  /** Of scores below this only that they are small is of interest. */
  private static final double FLOOR = 1e-6;

  private final List<double[]> pairs = new ArrayList<>();

  private Distance() {}

  /**
   * The distance by class names, or by indices where one side has no names.
   *
   * @param expected every class of each picture
   * @param found some or all classes of each picture
   * @return infinity if the classes do not match
   */
  static double of(List<Answer> expected, List<Answer> found) {
    Distance distance = new Distance();
    for (int i = 0; i < expected.size(); i++) {
      if (!distance.add(expected.get(i), found.get(i))) {
        return Double.POSITIVE_INFINITY;
      }
    }
    return distance.value();
  }

  /**
   * The distance over the classes that both sides give.
   *
   * @param one some classes of each picture
   * @param two some classes of each picture
   * @return infinity if there is a picture without a class in common
   */
  static double ofCommon(List<Answer> one, List<Answer> two) {
    Distance distance = new Distance();
    for (int i = 0; i < one.size(); i++) {
      int before = distance.pairs.size();
      Answer first = one.get(i);
      Answer second = two.get(i);
      for (int k = 0; k < second.classes().size(); k++) {
        int place = first.classes().indexOf(second.classes().get(k));
        if (place >= 0) {
          distance.pairs.add(
              new double[] {value(first.scores()[place]), value(second.scores()[k])});
        }
      }
      if (distance.pairs.size() == before) {
        return Double.POSITIVE_INFINITY;
      }
    }
    return distance.value();
  }

  /** The distance of the scores in order of their size, whatever the classes are called. */
  static double ofSorted(List<Answer> expected, List<Answer> found) {
    Distance distance = new Distance();
    for (int i = 0; i < expected.size(); i++) {
      float[] e = descending(expected.get(i).scores());
      float[] f = descending(found.get(i).scores());
      for (int k = 0; k < Math.min(e.length, f.length); k++) {
        distance.pairs.add(new double[] {value(e[k]), value(f[k])});
      }
    }
    return distance.value();
  }

  private static float[] descending(float[] scores) {
    float[] sorted = scores.clone();
    Arrays.sort(sorted);
    for (int i = 0; i < sorted.length / 2; i++) {
      float low = sorted[i];
      sorted[i] = sorted[sorted.length - 1 - i];
      sorted[sorted.length - 1 - i] = low;
    }
    return sorted;
  }

  private boolean add(Answer expected, Answer found) {
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < expected.classes().size(); i++) {
      places.putIfAbsent(expected.classes().get(i), i);
    }
    for (int k = 0; k < found.classes().size(); k++) {
      Integer place = places.get(found.classes().get(k));
      place = place == null ? index(found.classes().get(k), expected.scores().length) : place;
      if (place == null
          && found.classes().size() == expected.classes().size()
          && isIndex(expected.classes())) {
        place = k; // one side has names, the other numbers
      }
      if (place == null) {
        return false;
      }
      pairs.add(new double[] {value(expected.scores()[place]), value(found.scores()[k])});
    }
    return true;
  }

  private static boolean isIndex(List<String> classes) {
    return classes.get(0).equals("0");
  }

  private static Integer index(String text, int classes) {
    if (text.isEmpty() || text.length() > 6 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return null;
    }
    int index = Integer.parseInt(text);
    return index < classes ? index : null;
  }

  /** Probabilities by their logarithm, anything else as it is. */
  private static double value(float score) {
    return score >= 0 && score <= 1 ? Math.log(score + FLOOR) : score;
  }

  private double value() {
    double mean = pairs.stream().mapToDouble(p -> p[0]).average().orElse(0);
    double spread = pairs.stream().mapToDouble(p -> (p[0] - mean) * (p[0] - mean)).sum();
    double squares = pairs.stream().mapToDouble(p -> (p[0] - p[1]) * (p[0] - p[1])).sum();
    double relative = Math.sqrt(squares / Math.max(spread, 1e-6 * pairs.size()));
    return Double.isNaN(relative) ? Double.POSITIVE_INFINITY : relative;
  }
}
