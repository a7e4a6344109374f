package io.github.tfbit.image;

import java.util.Objects;

/**
 * What a picture goes through on its way into the network.
 *
 * @param resize side in pixels of the square that it is resized to; its aspect is not kept
 * @param crop side in pixels of the square that is cut from that at random, at most {@code resize}
 * @param flip whether it is mirrored at random
 */
public record Augmentation(int resize, int crop, Flip flip) {
  /** Checks the sides. */
  public Augmentation {
    Objects.requireNonNull(flip, "flip");
    if (crop < 1 || resize < crop) {
      throw new IllegalArgumentException(
          "expected a crop of 1 to the resize's " + resize + " pixels, found " + crop);
    }
  }

  /**
   * Nothing random: a plain resize.
   *
   * @param side in pixels of the square
   * @return as pictures are judged
   */
  public static Augmentation none(int side) {
    return new Augmentation(side, side, Flip.NONE);
  }
}
