package io.github.tfbit.doctor;

import io.github.tfbit.data.ImageSize;
import java.util.Objects;
import java.util.Optional;

/**
 * How a picture's file becomes pixels.
 *
 * @param alpha what becomes of transparency
 * @param exif whether it is turned by EXIF
 * @param crop what part of it counts
 * @param kernel by which it is resized
 * @param size that it is resized to; empty to leave it as large as it is
 */
record Seeing(Alpha alpha, boolean exif, Crop crop, Kernel kernel, Optional<ImageSize> size) {
  /** What becomes of transparency. */
  enum Alpha {
    DROPPED,
    BLACK,
    WHITE
  }

  /** What part of a picture counts. */
  enum Crop {
    NONE,
    /** The largest square in its middle. */
    SQUARE,
    /** Seven eighths of that: 224 of 256. */
    SEVEN_EIGHTHS
  }

  /** How pixels are made of pixels. */
  enum Kernel {
    /** BiT's: between half-pixel centres, without antialiasing. */
    BILINEAR,
    LEGACY,
    ALIGNED_CORNERS,
    NEAREST,
    BICUBIC,
    AREA,
    ANTIALIASED,
    ANTIALIASED_BICUBIC
  }

  /** Refuses null. */
  Seeing {
    Objects.requireNonNull(size, "size");
  }

  Seeing with(Alpha other) {
    return new Seeing(other, exif, crop, kernel, size);
  }

  Seeing turnedOtherwise() {
    return new Seeing(alpha, !exif, crop, kernel, size);
  }

  Seeing with(Crop other) {
    return new Seeing(alpha, exif, other, kernel, size);
  }

  Seeing with(Kernel other) {
    return new Seeing(alpha, exif, crop, other, size);
  }

  Seeing at(Optional<ImageSize> other) {
    return new Seeing(alpha, exif, crop, kernel, other);
  }
}
