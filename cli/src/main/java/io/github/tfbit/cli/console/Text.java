package io.github.tfbit.cli.console;

import io.github.tfbit.plan.Columns;
import io.github.tfbit.plan.Quantities;
import java.util.List;
import java.util.Locale;

/** Text laid out for a terminal of a given width; numbers and times as people write them. */
public final class Text {
  private Text() {}

  /**
   * Formats without regard to the user's locale, so that scripts can rely on it.
   *
   * @param format as for {@link String#format}
   * @param arguments to fill in
   * @return the text
   */
  @com.google.errorprone.annotations.FormatMethod
  public static String of(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }

  /**
   * Breaks text between words.
   *
   * @param text words and line breaks
   * @param width columns; a longer word, such as a path, stays whole
   * @return the lines
   */
  public static List<String> wrap(String text, int width) {
    return Columns.wrap(text, width);
  }

  /**
   * A span of time in its two largest useful units.
   *
   * @param seconds not negative
   * @return such as {@code 9 s}, {@code 3 min 20 s} or {@code 2 h 5 min}
   */
  public static String duration(double seconds) {
    return Quantities.duration(seconds);
  }

  /**
   * A rate with two or three digits that matter.
   *
   * @param perSecond not negative
   * @return such as {@code 0.35}, {@code 12.5} or {@code 1,234}
   */
  public static String rate(double perSecond) {
    if (perSecond >= 100) {
      return of("%,d", Math.round(perSecond));
    }
    return perSecond >= 10 ? of("%.1f", perSecond) : of("%.2f", perSecond);
  }

  /**
   * A count and its noun.
   *
   * @param n how many
   * @param singular the noun for one
   * @param plural the noun for any other number
   * @return such as {@code 1 class} or {@code 1,000 classes}
   */
  public static String count(long n, String singular, String plural) {
    return of("%,d %s", n, n == 1 ? singular : plural);
  }

  /**
   * A number of bytes in decimal units.
   *
   * @param bytes not negative
   * @return such as {@code 512 bytes} or {@code 94.1 MB}
   */
  public static String bytes(long bytes) {
    return Quantities.bytes(bytes);
  }
}
