package io.github.tfbit.fewshot;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Every trial of a few-shot experiment.
 *
 * @param trials by method, shots and subset, in that order
 */
public record FewShotResult(List<Trial> trials) {
  /** The first line of the table. */
  public static final String HEADER = "shots,subset,steps,accuracy,method";

  /** Copies the trials. */
  public FewShotResult {
    trials = List.copyOf(trials);
  }

  /**
   * The trials of one point.
   *
   * @param method how they learned
   * @param shots how many pictures they learned from
   * @return their accuracies, by subset
   */
  public List<Double> accuracies(Method method, Shots shots) {
    return trials.stream()
        .filter(t -> t.method() == method && t.shots().equals(shots))
        .map(Trial::accuracy)
        .toList();
  }

  /**
   * The median of one point, which the paper reports.
   *
   * @param method how its trials learned
   * @param shots how many pictures they learned from
   * @return of an even number of trials the mean of the middle two; empty without trials
   */
  public OptionalDouble median(Method method, Shots shots) {
    List<Double> sorted = accuracies(method, shots).stream().sorted().toList();
    int n = sorted.size();
    return n == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((sorted.get((n - 1) / 2) + sorted.get(n / 2)) / 2);
  }

  /**
   * The methods that there are trials of.
   *
   * @return in the order of their first trials
   */
  public List<Method> methods() {
    return trials.stream().map(Trial::method).distinct().toList();
  }

  /**
   * The shots that there are trials of.
   *
   * @return ascending
   */
  public List<Shots> shots() {
    return trials.stream().map(Trial::shots).distinct().sorted().toList();
  }

  /**
   * A table, without a time in it: equal trials give equal bytes.
   *
   * @return CSV with {@link #HEADER} and a line a trial; accuracies with six decimals
   */
  public String csv() {
    StringBuilder csv = new StringBuilder(HEADER).append('\n');
    for (Trial t : trials) {
      csv.append(
          String.format(
              Locale.ROOT,
              "%s,%d,%d,%.6f,%s%n".replace("%n", "\n"),
              t.shots(),
              t.subset(),
              t.steps(),
              t.accuracy(),
              t.method().label()));
    }
    return csv.toString();
  }
}
