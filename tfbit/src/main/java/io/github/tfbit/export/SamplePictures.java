package io.github.tfbit.export;

import io.github.tfbit.data.ImageSize;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * Pictures drawn by whole numbers alone, so that the same size gives the same bytes. They decode as
 * photographs of that size do, and show nothing.
 */
public final class SamplePictures {
  /** Pixels of the largest that is drawn: what decoding needs is known by then. */
  private static final long MOST_PIXELS = 1_000_000;

  private static final int VARIANTS = 4;

  private SamplePictures() {}

  /**
   * Draws a few.
   *
   * @param size of each; one of more than a million pixels is drawn smaller, in its proportions
   * @return JPEG files
   */
  public static List<byte[]> jpegs(ImageSize size) {
    ImageSize drawn = bounded(size);
    List<byte[]> pictures = new ArrayList<>();
    for (int variant = 0; variant < VARIANTS; variant++) {
      pictures.add(jpeg(draw(drawn, variant)));
    }
    return List.copyOf(pictures);
  }

  private static ImageSize bounded(ImageSize size) {
    double factor = Math.min(1, Math.sqrt(MOST_PIXELS / (double) size.area()));
    return new ImageSize(
        Math.max(1, (int) (size.height() * factor)), Math.max(1, (int) (size.width() * factor)));
  }

  private static BufferedImage draw(ImageSize size, int variant) {
    BufferedImage image =
        new BufferedImage(size.width(), size.height(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < size.height(); y++) {
      for (int x = 0; x < size.width(); x++) {
        int red = wave(3 * x + 2 * y, 97 + 11 * variant);
        int green = wave(5 * x - 3 * y, 131 + 7 * variant);
        int blue = wave(x * (variant + 1) + 4 * y, 61);
        image.setRGB(x, y, red << 16 | green << 8 | blue);
      }
    }
    return image;
  }

  /** From 0 to 255 and back, once a period. */
  private static int wave(int at, int period) {
    int phase = 510 * Math.floorMod(at, period) / period;
    return phase <= 255 ? phase : 510 - phase;
  }

  private static byte[] jpeg(BufferedImage image) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, "jpg", out)) {
        throw new IllegalStateException("this JDK writes no JPEG pictures");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a stream in memory does not fail", e);
    }
    return out.toByteArray();
  }
}
