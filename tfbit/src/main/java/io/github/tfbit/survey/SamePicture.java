package io.github.tfbit.survey;

import java.util.Objects;

/**
 * Two pictures of the same bytes that should not be: in two parts of a data set, where what is
 * judged by was learned from, or under different labels in one.
 *
 * @param firstSplit part that the first is in
 * @param first names the first
 * @param secondSplit part that the second is in
 * @param second names the second
 */
public record SamePicture(String firstSplit, String first, String secondSplit, String second) {
  /** Refuses nulls. */
  public SamePicture {
    Objects.requireNonNull(firstSplit, "firstSplit");
    Objects.requireNonNull(first, "first");
    Objects.requireNonNull(secondSplit, "secondSplit");
    Objects.requireNonNull(second, "second");
  }

  /**
   * Whether they are in two parts.
   *
   * @return false if they are in one, under different labels
   */
  public boolean betweenSplits() {
    return !firstSplit.equals(secondSplit);
  }
}
