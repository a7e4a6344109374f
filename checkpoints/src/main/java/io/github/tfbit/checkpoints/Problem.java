package io.github.tfbit.checkpoints;

import java.util.Objects;

/**
 * What went wrong, in the four parts that every error of this project has.
 *
 * @param expected what was expected
 * @param found what was found instead
 * @param where file, and as far as known the tensor, byte offset or line
 * @param remedy what to do about it
 */
public record Problem(String expected, String found, String where, String remedy) {
  /** Checks that no part is missing. */
  public Problem {
    Objects.requireNonNull(expected, "expected");
    Objects.requireNonNull(found, "found");
    Objects.requireNonNull(where, "where");
    Objects.requireNonNull(remedy, "remedy");
  }

  /**
   * The four parts as one sentence.
   *
   * @return {@code where: expected …, found …; remedy}
   */
  public String message() {
    return where + ": expected " + expected + ", found " + found + "; " + remedy;
  }
}
