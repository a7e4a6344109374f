package io.github.tfbit.cli.command;

import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.cli.console.Failure;

/** What to say of a rule whose settings do not fit each other. */
final class Contradiction {
  private Contradiction() {}

  static Failure of(IllegalArgumentException e) {
    return new Failure(
        new Problem(
            "settings that fit each other",
            e.getMessage(),
            "--batch, --resize and --crop",
            "give both --resize and --crop, the crop no larger than the resize"),
        e);
  }
}
