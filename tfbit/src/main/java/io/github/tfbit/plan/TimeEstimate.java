package io.github.tfbit.plan;

/**
 * How long a run will take, in seconds, from measurements of its parts.
 *
 * @param start until the first step: building the network, reading its weights, its first use
 * @param before looking at pictures once, or computing their features
 * @param steps all steps
 * @param evaluations all evaluations by held-out pictures
 * @param saving states on the way, and what came of it
 */
public record TimeEstimate(
    double start, double before, double steps, double evaluations, double saving) {
  /**
   * The whole run.
   *
   * @return seconds
   */
  public double seconds() {
    return start + before + steps + evaluations + saving;
  }
}
