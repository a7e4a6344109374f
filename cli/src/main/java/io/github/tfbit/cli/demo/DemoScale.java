package io.github.tfbit.cli.demo;

/**
 * How much the demo does.
 *
 * @param steps of each training
 * @param evaluateEvery steps between two evaluations
 * @param subsets of the training pictures, each trained on by both networks
 * @param perClass training pictures of each class in one subset
 * @param heldOut held-out pictures of each class
 */
record DemoScale(int steps, int evaluateEvery, int subsets, int perClass, int heldOut) {
  /** What the command does, in less than three minutes on two cores. */
  static final DemoScale STANDARD = new DemoScale(100, 5, 3, 10, 20);
}
