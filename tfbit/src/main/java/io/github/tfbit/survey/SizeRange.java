package io.github.tfbit.survey;

import io.github.tfbit.data.ImageSize;

/**
 * How large pictures are, ordered by area.
 *
 * @param smallest of all
 * @param median of all up to {@value SizeRange#SAMPLE} pictures, of as many evenly spread ones
 *     above
 * @param largest of all
 */
public record SizeRange(ImageSize smallest, ImageSize median, ImageSize largest) {
  /** Sizes that are kept to find the median. */
  public static final int SAMPLE = 65_536;
}
