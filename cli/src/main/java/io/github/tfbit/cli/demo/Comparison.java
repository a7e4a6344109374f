package io.github.tfbit.cli.demo;

/**
 * The paper's point on one pair of curves: transfer starts better, climbs faster and ends higher.
 *
 * @param transfer from the shipped model
 * @param scratch the same network from initial values, same pictures, same rule
 */
record Comparison(Curve transfer, Curve scratch) {
  Comparison {
    if (!transfer.steps().equals(scratch.steps())) {
      throw new IllegalArgumentException(
          "expected both curves at " + transfer.steps() + ", found " + scratch.steps());
    }
  }

  /** The second point measured: the first one, step 0, is chance for any zero head. */
  int startPoint() {
    return 1;
  }

  int endPoint() {
    return transfer.points() - 1;
  }

  /** The point that is nearest to half of the steps. */
  int middlePoint() {
    int half = transfer.steps().get(endPoint()) / 2;
    int best = 0;
    for (int i = 1; i < transfer.points(); i++) {
      int nearer = Math.abs(transfer.steps().get(best) - half);
      if (Math.abs(transfer.steps().get(i) - half) < nearer) {
        best = i;
      }
    }
    return best;
  }

  /** Accuracy gained per step from the first point to the middle one. */
  double slope(Curve curve) {
    int middle = middlePoint();
    return (curve.mean(middle) - curve.mean(0))
        / (curve.steps().get(middle) - curve.steps().get(0));
  }
}
