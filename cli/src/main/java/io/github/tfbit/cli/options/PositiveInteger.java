package io.github.tfbit.cli.options;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a whole number of at least 1. */
public final class PositiveInteger implements ITypeConverter<Integer> {
  @Override
  public Integer convert(String value) {
    try {
      int n = Integer.parseInt(value);
      if (n > 0) {
        return n;
      }
    } catch (NumberFormatException e) {
      throw new TypeConversionException(message(value));
    }
    throw new TypeConversionException(message(value));
  }

  private static String message(String value) {
    return "expected a whole number of at least 1, found '" + value + "'";
  }
}
