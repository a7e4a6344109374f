package io.github.tfbit;

import io.github.tfbit.plan.Change;

/** What a rule becomes when something is given up. */
final class Concessions {
  private static final int BATCH = 128;
  static final double RATE = 0.001;
  static final int RESIZE = 160;
  private static final int CROP = 128;
  private static final int SHARE_OF_STEPS = 5;

  private Concessions() {}

  static HyperRule apply(Change change, HyperRule rule) {
    if (!helps(change, rule)) {
      return rule;
    }
    HyperRule.Builder b = rule.toBuilder();
    return switch (change) {
      case BATCH -> b.batch(BATCH).rate(RATE).build();
      case PICTURES -> b.resize(RESIZE).crop(CROP).build();
      case SCHEDULE -> b.steps(Math.max(1, rule.steps() / SHARE_OF_STEPS)).build();
      case BACKBONE -> rule;
    };
  }

  /** Whether giving it up changes a rule. */
  static boolean helps(Change change, HyperRule rule) {
    return switch (change) {
      case BATCH -> rule.batch() > BATCH;
      case PICTURES -> rule.augmentation().crop() > CROP;
      case SCHEDULE -> rule.steps() >= SHARE_OF_STEPS;
      case BACKBONE -> false;
    };
  }
}
