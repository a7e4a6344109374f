package io.github.tfbit.cli.demo;

import java.util.List;

/**
 * Held-out accuracy by step, over several subsets of the training pictures.
 *
 * @param label what was trained
 * @param steps where it was measured, ascending
 * @param subsets one row per subset, one accuracy from 0 to 1 per entry of {@code steps}
 */
record Curve(String label, List<Integer> steps, List<List<Double>> subsets) {
  Curve {
    steps = List.copyOf(steps);
    subsets = subsets.stream().map(List::copyOf).toList();
    int points = steps.size();
    if (points < 2 || subsets.isEmpty() || subsets.stream().anyMatch(s -> s.size() != points)) {
      throw new IllegalArgumentException(
          label + ": expected " + points + " points per subset, at least 2, found " + subsets);
    }
  }

  int points() {
    return steps.size();
  }

  double mean(int point) {
    return subsets.stream().mapToDouble(s -> s.get(point)).average().orElseThrow();
  }

  double lowest(int point) {
    return subsets.stream().mapToDouble(s -> s.get(point)).min().orElseThrow();
  }

  double highest(int point) {
    return subsets.stream().mapToDouble(s -> s.get(point)).max().orElseThrow();
  }

  /** The first step at which the mean accuracy is at least that, or -1 if it never is. */
  int stepReaching(double accuracy) {
    for (int i = 0; i < points(); i++) {
      if (mean(i) >= accuracy) {
        return steps.get(i);
      }
    }
    return -1;
  }
}
