package io.github.tfbit.image;

import java.util.Objects;
import java.util.Optional;

/**
 * What a picture file's pixels are taken to be, where readers differ. A model judges pictures as
 * those that it learned from were decoded, so this travels with a run.
 *
 * @param exif whether a picture is turned as the EXIF orientation in its file says; TensorFlow and
 *     timm do not
 * @param background what shows through transparent pixels; empty to drop alpha and keep the colours
 *     below it, as TensorFlow and timm do
 */
public record Decoding(boolean exif, Optional<Rgb> background) {
  /** As TensorFlow decodes: EXIF ignored, alpha dropped. */
  public static final Decoding DEFAULT = new Decoding(false, Optional.empty());

  /** Refuses null. */
  public Decoding {
    Objects.requireNonNull(background, "background");
  }
}
