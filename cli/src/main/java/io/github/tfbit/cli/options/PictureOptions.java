package io.github.tfbit.cli.options;

import io.github.tfbit.image.Decoding;
import io.github.tfbit.image.Rgb;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How pictures are decoded, and what happens to those that cannot be. */
public final class PictureOptions {
  @Option(
      names = "--exif",
      description =
          "Turn pictures as the EXIF orientation in their files says (default: it is ignored, as"
              + " TensorFlow and timm do).")
  private boolean exif;

  @Option(
      names = "--background",
      paramLabel = "R,G,B",
      converter = Colour.class,
      description =
          "What shows through transparent pictures, three numbers from 0 to 255 (default: alpha is"
              + " dropped).")
  private Rgb background;

  @Option(
      names = "--skip-bad",
      description =
          "Go on without pictures that cannot be decoded; every picture is checked first"
              + " (default: the first one ends the run).")
  private boolean skipBad;

  /** Reads a colour. */
  static final class Colour implements ITypeConverter<Rgb> {
    @Override
    public Rgb convert(String value) {
      String[] parts = value.split(",", -1);
      try {
        if (parts.length == 3) {
          return new Rgb(number(parts[0]), number(parts[1]), number(parts[2]));
        }
      } catch (IllegalArgumentException e) {
        // said below
      }
      throw new TypeConversionException(
          "expected three numbers from 0 to 255, such as 255,255,255, found '" + value + "'");
    }

    private static int number(String text) {
      return Integer.parseInt(text.strip());
    }
  }

  /**
   * Whether pictures that cannot be decoded are left out.
   *
   * @return false to refuse them
   */
  public boolean skipBad() {
    return skipBad;
  }

  /**
   * What was asked for.
   *
   * @return the default if nothing was
   */
  public Decoding decoding() {
    return new Decoding(exif, Optional.ofNullable(background));
  }
}
