package io.github.tfbit.graph;

import java.util.Locale;

/** Says what a comparison found, for the log of those who wonder how near to the limit it is. */
public final class Measured {
  private static final System.Logger LOG = System.getLogger(Measured.class.getName());

  private Measured() {}

  /** One line. */
  public static void note(String what, double distance, double tolerance) {
    LOG.log(
        System.Logger.Level.INFO,
        () ->
            String.format(
                Locale.ROOT,
                "%s: %.2e of %.2e (%.2f)",
                what,
                distance,
                tolerance,
                distance / tolerance));
  }
}
