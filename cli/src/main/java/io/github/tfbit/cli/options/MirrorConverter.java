package io.github.tfbit.cli.options;

import io.github.tfbit.checkpoints.fetch.ModelCache;
import java.net.URI;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the address of a mirror. */
public final class MirrorConverter implements ITypeConverter<URI> {
  @Override
  public URI convert(String value) {
    try {
      return ModelCache.requireMirror(URI.create(value));
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
