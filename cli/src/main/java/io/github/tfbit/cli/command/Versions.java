package io.github.tfbit.cli.command;

import java.util.List;

/** What runs here, for {@code --version} and for reports. */
public final class Versions {
  private Versions() {}

  /**
   * The version of tfbit.
   *
   * @return as its jar says, {@code development} outside a jar
   */
  public static String tfbit() {
    String version = Versions.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  /**
   * Everything that matters for an error report.
   *
   * @return one line each
   */
  public static List<String> lines() {
    return List.of("tfbit " + tfbit());
  }
}
