package io.github.tfbit.image;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** Pictures that {@code make_pictures.py} wrote. */
final class MadePictures {
  static final int WIDTH = 20;
  static final int HEIGHT = 12;

  private MadePictures() {}

  static byte[] read(String name) throws IOException {
    try (InputStream in = MadePictures.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }

  /** The red, green and blue of the script's formula. */
  static int[] colour(int x, int y) {
    return new int[] {10 * x % 256, 20 * y % 256, 7 * (x + y) % 256};
  }

  /** The alpha of the script's formula. */
  static int alpha(int x) {
    return 255 - 12 * x;
  }
}
