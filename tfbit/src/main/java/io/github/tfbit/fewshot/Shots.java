package io.github.tfbit.fewshot;

import java.util.Comparator;
import java.util.OptionalInt;

/**
 * How many pictures of each class are learned from.
 *
 * @param perClass at least 1; empty for every picture there is
 */
public record Shots(OptionalInt perClass) implements Comparable<Shots> {
  /** Every picture there is. */
  public static final Shots FULL = new Shots(OptionalInt.empty());

  private static final String FULL_NAME = "full";

  /** Refuses less than one. */
  public Shots {
    if (perClass.isPresent() && perClass.getAsInt() < 1) {
      throw new IllegalArgumentException(
          "expected at least 1 picture a class, found " + perClass.getAsInt());
    }
  }

  /**
   * So many of each class.
   *
   * @param perClass at least 1
   * @return as many shots
   */
  public static Shots of(int perClass) {
    return new Shots(OptionalInt.of(perClass));
  }

  /**
   * Reads what {@link #toString} writes.
   *
   * @param text a whole number from 1, or {@code full}
   * @return what it says
   * @throws IllegalArgumentException if it is neither
   */
  public static Shots parse(String text) {
    if (text.equals(FULL_NAME)) {
      return FULL;
    }
    try {
      return of(Integer.parseInt(text));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "expected a whole number of at least 1, or full, found '" + text + "'", e);
    }
  }

  /** Ascending, {@link #FULL} last. */
  @Override
  public int compareTo(Shots other) {
    return Comparator.<Shots>comparingInt(s -> s.perClass.orElse(Integer.MAX_VALUE))
        .compare(this, other);
  }

  /** The number, or {@code full}. */
  @Override
  public String toString() {
    return perClass.isPresent() ? String.valueOf(perClass.getAsInt()) : FULL_NAME;
  }
}
