package io.github.tfbit.checkpoints;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What went wrong, in the four parts that every error of this project has.
 *
 * @param expected what was expected
 * @param found what was found instead
 * @param where file, and as far as known the tensor, byte offset or line
 * @param remedy what to do about it
 */
public record Problem(String expected, String found, String where, String remedy) {
  private static final int SHOWN = 200;
  private static final Pattern UNSAFE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");

  /** Checks that no part is missing. */
  public Problem {
    Objects.requireNonNull(expected, "expected");
    Objects.requireNonNull(found, "found");
    Objects.requireNonNull(where, "where");
    Objects.requireNonNull(remedy, "remedy");
  }

  /**
   * A name out of a file as a message may show it: one line, of bounded length, that moves no
   * cursor.
   *
   * @param name any string
   * @return with {@code ?} for each control, format and half character, and cut after 200 others
   */
  public static String shown(String name) {
    String start = name.length() > SHOWN ? name.substring(0, SHOWN) : name;
    String safe = UNSAFE.matcher(start).replaceAll("?");
    return name.length() > SHOWN ? safe + "... (" + name.length() + " characters)" : safe;
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
