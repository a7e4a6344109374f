package io.github.tfbit.doctor;

import io.github.tfbit.data.ImageSize;

/** Pictures turned by EXIF (CIPA DC-008, tag 0x0112). */
final class Turned {
  private Turned() {}

  /** Turns pixels; orientation 1 and what is out of range is upright. */
  static Eye.Sight by(Eye.Sight sight, int orientation) {
    if (orientation < 2 || orientation > 8) {
      return sight;
    }
    int height = sight.size().height();
    int width = sight.size().width();
    boolean sideways = orientation >= 5;
    int newHeight = sideways ? width : height;
    int newWidth = sideways ? height : width;
    float[] turned = new float[sight.pixels().length];
    for (int y = 0; y < newHeight; y++) {
      for (int x = 0; x < newWidth; x++) {
        int fromY = sideways ? x : y;
        int fromX = sideways ? y : x;
        boolean right =
            orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
        boolean down = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
        int sourceX = right ? width - 1 - fromX : fromX;
        int sourceY = down ? height - 1 - fromY : fromY;
        System.arraycopy(
            sight.pixels(), 3 * (sourceY * width + sourceX), turned, 3 * (y * newWidth + x), 3);
      }
    }
    return new Eye.Sight(turned, new ImageSize(newHeight, newWidth));
  }
}
