package io.github.tfbit.cli.options;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a port to listen on. */
public final class Port implements ITypeConverter<Integer> {
  private static final int HIGHEST = 65535;

  @Override
  public Integer convert(String value) {
    try {
      int port = Integer.parseInt(value);
      if (port >= 0 && port <= HIGHEST) {
        return port;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new TypeConversionException(
        "expected a port from 0 to " + HIGHEST + ", found '" + value + "'");
  }
}
