package io.github.tfbit.plan;

import java.util.Locale;

/** Bytes and times as people write them, whatever the user's locale. */
public final class Quantities {
  private static final long MINUTE = 60;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final String[] UNITS = {"kB", "MB", "GB", "TB", "PB"};

  private Quantities() {}

  /**
   * A number of bytes in decimal units.
   *
   * @param bytes not negative
   * @return such as {@code 512 bytes} or {@code 94.1 MB}
   */
  public static String bytes(long bytes) {
    if (bytes < 1_000) {
      return bytes + " bytes";
    }
    double value = bytes / 1e3;
    int unit = 0;
    while (value >= 999.95 && unit < UNITS.length - 1) {
      value /= 1e3;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
  }

  /**
   * A span of time in its two largest useful units.
   *
   * @param seconds not negative
   * @return such as {@code 9 s}, {@code 3 min 20 s}, {@code 2 h 5 min} or {@code 3 d 4 h}
   */
  public static String duration(double seconds) {
    long s = Math.round(seconds);
    if (s < MINUTE) {
      return s + " s";
    }
    if (s < HOUR) {
      return two(s / MINUTE, "min", s % MINUTE, "s");
    }
    return s < 2 * DAY
        ? two(s / HOUR, "h", s % HOUR / MINUTE, "min")
        : two(s / DAY, "d", s % DAY / HOUR, "h");
  }

  private static String two(long large, String unit, long small, String smallUnit) {
    return large + " " + unit + (small == 0 ? "" : " " + small + " " + smallUnit);
  }
}
