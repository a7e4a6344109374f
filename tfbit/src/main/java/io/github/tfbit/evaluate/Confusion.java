package io.github.tfbit.evaluate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Pictures by what they show and what was answered. Only pairs that occur take memory: a square of
 * 21,843 classes would take 3.8 GB. Immutable.
 */
public final class Confusion {
  private final int classes;
  private final Map<Long, Long> counts;

  private Confusion(int classes, Map<Long, Long> counts) {
    this.classes = classes;
    this.counts = counts;
  }

  /**
   * Pictures of one class that got one answer.
   *
   * @param label what they show
   * @param answer their best class
   * @param count how many
   */
  public record Cell(int label, int answer, long count) {}

  /** Counts pairs. Not safe for several threads. */
  static final class Counter {
    private final int classes;
    private final Map<Long, Long> counts = new HashMap<>();

    Counter(int classes) {
      this.classes = classes;
    }

    void add(int label, int answer) {
      counts.merge((long) label * classes + answer, 1L, Long::sum);
    }

    Confusion result() {
      return new Confusion(classes, Map.copyOf(counts));
    }
  }

  /**
   * How many classes there are.
   *
   * @return rows, and columns
   */
  public int classes() {
    return classes;
  }

  /**
   * Pictures of one class that got one answer.
   *
   * @param label what they show
   * @param answer their best class
   * @return how many
   */
  public long count(int label, int answer) {
    return counts.getOrDefault((long) label * classes + answer, 0L);
  }

  /**
   * Every pair that occurs.
   *
   * @return by label, then by answer
   */
  public List<Cell> cells() {
    List<Cell> cells = new ArrayList<>(counts.size());
    counts.forEach(
        (key, n) -> cells.add(new Cell((int) (key / classes), (int) (key % classes), n)));
    cells.sort(Comparator.comparingInt(Cell::label).thenComparingInt(Cell::answer));
    return cells;
  }

  /**
   * The most frequent wrong answers.
   *
   * @param most how many pairs at most
   * @return the most frequent first; of equals in the order of {@link #cells}
   */
  public List<Cell> mistakes(int most) {
    return cells().stream()
        .filter(c -> c.label() != c.answer())
        .sorted(Comparator.comparingLong(Cell::count).reversed())
        .limit(most)
        .toList();
  }

  /**
   * Every class's own figures.
   *
   * @return in the order of the classes
   */
  public List<ClassScore> perClass() {
    long[] support = new long[classes];
    long[] predicted = new long[classes];
    for (Cell c : cells()) {
      support[c.label()] += c.count();
      predicted[c.answer()] += c.count();
    }
    List<ClassScore> scores = new ArrayList<>(classes);
    for (int c = 0; c < classes; c++) {
      scores.add(new ClassScore(c, support[c], predicted[c], count(c, c)));
    }
    return scores;
  }
}
