package io.github.tfbit.data;

/**
 * Height and width of a picture as the network sees it.
 *
 * @param height pixels, at least 1
 * @param width pixels, at least 1
 */
public record ImageSize(int height, int width) {
  /** Checks that there is something to see. */
  public ImageSize {
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "expected a height and width of at least 1 pixel, found " + height + " x " + width);
    }
  }

  /**
   * A square.
   *
   * @param side pixels, at least 1
   * @return that size
   */
  public static ImageSize square(int side) {
    return new ImageSize(side, side);
  }

  /**
   * Floats that one RGB picture of this size takes.
   *
   * @return {@code 3 x height x width}
   * @throws ArithmeticException if it exceeds an int
   */
  public int floats() {
    return Math.multiplyExact(3, Math.multiplyExact(height, width));
  }

  /**
   * Height times width.
   *
   * @return pixels
   */
  public long area() {
    return (long) height * width;
  }

  @Override
  public String toString() {
    return height + " x " + width;
  }
}
