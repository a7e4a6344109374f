package io.github.tfbit.converters.catalogue;

import io.github.tfbit.converters.Interpolation;
import java.util.Objects;

/**
 * How pictures are made ready for a model by somebody who published figures of it.
 *
 * @param resize pixels: the side of the square or the shorter side
 * @param crop side of the square that is cut out of the centre; equal to {@code resize} for none
 * @param form what {@code resize} is the side of
 * @param interpolation by which pictures are resized
 * @param source who did so
 */
public record Evaluation(
    int resize, int crop, Form form, Interpolation interpolation, String source) {
  /** What becomes of a picture that is not square. */
  public enum Form {
    /** Squeezed into a square, as the official code does. */
    SQUARE,
    /** Its shorter side is resized, and the centre is cut out, as timm does. */
    SHORTER_SIDE
  }

  /** Checks the sizes. */
  public Evaluation {
    Objects.requireNonNull(form, "form");
    Objects.requireNonNull(interpolation, "interpolation");
    Objects.requireNonNull(source, "source");
    if (crop < 1 || crop > resize) {
      throw new IllegalArgumentException(
          "expected a crop of 1 to " + resize + " pixels, found " + crop);
    }
  }
}
