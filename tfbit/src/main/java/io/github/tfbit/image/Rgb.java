package io.github.tfbit.image;

/**
 * A colour.
 *
 * @param red from 0 to 255
 * @param green from 0 to 255
 * @param blue from 0 to 255
 */
public record Rgb(int red, int green, int blue) {
  private static final int MOST = 255;

  /** Checks the range. */
  public Rgb {
    for (int value : new int[] {red, green, blue}) {
      if (value < 0 || value > MOST) {
        throw new IllegalArgumentException("expected three values from 0 to 255, found " + value);
      }
    }
  }

  @Override
  public String toString() {
    return red + "," + green + "," + blue;
  }
}
