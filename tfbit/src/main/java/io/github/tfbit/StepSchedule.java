package io.github.tfbit;

import java.util.List;

/**
 * A learning rate that warms up linearly and falls by tenths: {@code get_lr} of bit_hyperrule.py at
 * 140de6e, in double.
 *
 * @param base the rate after the warm-up
 * @param supports steps: the end of the warm-up, each drop, the end of training; not falling
 */
record StepSchedule(double base, List<Integer> supports) {
  StepSchedule {
    supports = List.copyOf(supports);
    if (!(base > 0) || !Double.isFinite(base)) {
      throw new IllegalArgumentException("expected a positive learning rate, found " + base);
    }
    boolean falling = supports.size() < 2 || supports.get(0) < 0 || end(supports) < 1;
    for (int i = 1; i < supports.size(); i++) {
      falling |= supports.get(i) < supports.get(i - 1);
    }
    if (falling) {
      throw new IllegalArgumentException(
          "expected steps in rising order, the last at least 1, found " + supports);
    }
  }

  private static int end(List<Integer> supports) {
    return supports.get(supports.size() - 1);
  }

  /** Length of the run in steps. */
  int steps() {
    return end(supports);
  }

  /**
   * The rate of one step. A drop at support s takes effect at step s + 1: the comparison is strict,
   * as in the official code.
   */
  double rate(int step) {
    if (step < 0 || step >= steps()) {
      throw new IndexOutOfBoundsException("step " + step + " of a run of " + steps());
    }
    int warmUp = supports.get(0);
    if (step < warmUp) {
      return base * step / warmUp;
    }
    double rate = base;
    for (int s : supports.subList(1, supports.size())) {
      if (s < step) {
        rate /= 10;
      }
    }
    return rate;
  }

  /** The same shape over another number of steps: each support times {@code steps / last}. */
  StepSchedule scaled(int steps) {
    if (steps < 1) {
      throw new IllegalArgumentException("expected at least one step, found " + steps);
    }
    double factor = steps;
    return new StepSchedule(
        base, supports.stream().map(s -> (int) Math.round(s * factor / steps())).toList());
  }

  /** The same steps from another rate. */
  StepSchedule from(double rate) {
    return new StepSchedule(rate, supports);
  }
}
