package io.github.tfbit.cli.options;

import io.github.tfbit.converters.write.Target;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A form to convert to, in any case. */
public final class TargetConverter implements ITypeConverter<Target> {
  /** What the command line calls them. */
  public static final String NAMES = "npz, timm, hf or savedmodel";

  /** For picocli. */
  public TargetConverter() {}

  @Override
  public Target convert(String value) {
    for (Target t : Target.values()) {
      if (t.name().toLowerCase(Locale.ROOT).equals(value.toLowerCase(Locale.ROOT))) {
        return t;
      }
    }
    throw new TypeConversionException("expected " + NAMES + ", found '" + value + "'");
  }
}
