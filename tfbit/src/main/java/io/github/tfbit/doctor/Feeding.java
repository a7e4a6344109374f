package io.github.tfbit.doctor;

/**
 * How pixels in [-1, 1] reach the network.
 *
 * @param range what is made of their values
 * @param bgr whether the channels come in the wrong order
 */
record Feeding(Range range, boolean bgr) {
  /** As BiT's networks want them. */
  static final Feeding RIGHT = new Feeding(Range.SYMMETRIC, false);

  private static final double[] MEAN = {0.485, 0.456, 0.406};
  private static final double[] DEVIATION = {0.229, 0.224, 0.225};
  private static final double HALF = 127.5;

  /** What is made of pixels in [-1, 1]. */
  enum Range {
    SYMMETRIC,
    UNIT,
    BYTES,
    IMAGENET,
    TAKEN_FOR_UNIT,
    TAKEN_FOR_BYTES;

    double of(double x, int channel) {
      return switch (this) {
        case SYMMETRIC -> x;
        case UNIT -> (x + 1) / 2;
        case BYTES -> (x + 1) * HALF;
        case IMAGENET -> ((x + 1) / 2 - MEAN[channel]) / DEVIATION[channel];
        case TAKEN_FOR_UNIT -> 2 * x - 1;
        case TAKEN_FOR_BYTES -> x / HALF - 1;
      };
    }
  }

  Feeding with(Range other) {
    return new Feeding(other, bgr);
  }

  Feeding swapped() {
    return new Feeding(range, !bgr);
  }

  /** A copy as the network gets it. */
  float[] of(float[] pixels) {
    float[] fed = new float[pixels.length];
    for (int i = 0; i < fed.length; i++) {
      int channel = i % 3;
      int from = bgr ? i - channel + 2 - channel : i;
      fed[i] = (float) range.of(pixels[from], channel);
    }
    return fed;
  }
}
