package io.github.tfbit.cli.options;

import io.github.tfbit.converters.Architecture;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an architecture by its name, or by the name of the shipped model of it. */
public final class ArchitectureConverter implements ITypeConverter<Architecture> {
  @Override
  public Architecture convert(String value) {
    if (value.equals(ShippedModels.SMALL)) {
      return Architecture.named(Architecture.SMALL);
    }
    if (!Architecture.names().contains(value)) {
      throw new TypeConversionException(
          "expected one of "
              + String.join(", ", Architecture.names())
              + ", found '"
              + (value + "'"));
    }
    return Architecture.named(value);
  }
}
