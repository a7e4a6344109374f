package io.github.tfbit.evaluate;

import java.util.List;

/**
 * A wrong answer.
 *
 * @param picture index in the data
 * @param labels what it shows
 * @param answer the class that is wrong: the one that was answered, or with {@code missed} one that
 *     the picture has
 * @param probability of that class
 * @param missed for sigmoid heads: whether the label is missing, not one too many
 */
public record Mistake(
    int picture, List<Integer> labels, int answer, double probability, boolean missed) {
  /** Copies the labels. */
  public Mistake {
    labels = List.copyOf(labels);
  }

  /**
   * How far the probability is from the truth.
   *
   * @return from 0 to 1
   */
  public double error() {
    return missed ? 1 - probability : probability;
  }
}
