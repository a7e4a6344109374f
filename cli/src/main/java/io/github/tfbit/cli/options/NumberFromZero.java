package io.github.tfbit.cli.options;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a number of zero or more. */
public final class NumberFromZero implements ITypeConverter<Double> {
  @Override
  public Double convert(String value) {
    double n;
    try {
      n = Double.parseDouble(value);
    } catch (NumberFormatException e) {
      n = Double.NaN;
    }
    if (!(n >= 0) || Double.isInfinite(n)) {
      throw new TypeConversionException("expected a number of 0 or more, found '" + value + "'");
    }
    return n;
  }
}
