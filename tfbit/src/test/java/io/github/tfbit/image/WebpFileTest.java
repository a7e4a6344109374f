package io.github.tfbit.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.data.ImageException;
import io.github.tfbit.data.ImageSize;
import io.github.tfbit.data.ImageSource;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebpFileTest {
  /** One unit in the last place of [-1, 1], as a share of a level. */
  private static final double ROUNDING = 1e-4;

  private static final ImageSize SIZE = new ImageSize(MadePictures.HEIGHT, MadePictures.WIDTH);

  private static double[] levels(byte[] file, Optional<Rgb> background) throws IOException {
    float[] pixels = new float[SIZE.floats()];
    try (ImageDecoder decoder = ImageDecoder.open(new Decoding(false, background), 1)) {
      decoder.decode(ImageSource.of(file), SIZE, FloatBuffer.wrap(pixels));
    }
    double[] levels = new double[pixels.length];
    Arrays.setAll(levels, i -> pixels[i] * 127.5 + 127.5);
    return levels;
  }

  @ParameterizedTest
  @ValueSource(strings = {"lossless.webp", "lossless-alpha.webp", "animated.webp", "exif6.webp"})
  void decodesLosslessOnesExactly(String name) throws IOException {
    double[] found = levels(MadePictures.read(name), Optional.empty());
    for (int i = 0; i < found.length; i++) {
      int x = i / 3 % MadePictures.WIDTH;
      int y = i / 3 / MadePictures.WIDTH;
      assertEquals(MadePictures.colour(x, y)[i % 3], found[i], ROUNDING, name + " at " + i);
    }
  }

  @Test
  void showsABackgroundThroughTransparentOnes() throws IOException {
    int[] behind = {0, 255, 128};
    double[] found =
        levels(MadePictures.read("lossless-alpha.webp"), Optional.of(new Rgb(0, 255, 128)));
    for (int i = 0; i < found.length; i++) {
      int x = i / 3 % MadePictures.WIDTH;
      int y = i / 3 / MadePictures.WIDTH;
      double alpha = MadePictures.alpha(x) / 255.0;
      double expected = MadePictures.colour(x, y)[i % 3] * alpha + behind[i % 3] * (1 - alpha);
      assertEquals(expected, found[i], ROUNDING, "at " + i);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"lossy.webp", "lossy-alpha.webp"})
  void decodesLossyOnesWithinTheirLoss(String name) throws IOException {
    double[] found = levels(MadePictures.read(name), Optional.empty());
    int[] colour = {200, 100, 50};
    for (int i = 0; i < found.length; i++) {
      assertEquals(colour[i % 3], found[i], 3, name + " at " + i);
    }
  }

  @Test
  void refusesOneCutOff() throws IOException {
    byte[] whole = MadePictures.read("lossy.webp");
    byte[] half = Arrays.copyOf(whole, whole.length / 2);
    ImageException e = assertThrows(ImageException.class, () -> levels(half, Optional.empty()));
    assertEquals(
        "a WebP or other RIFF file of " + half.length + " bytes, cut off", e.problem().found());
  }

  @Test
  void refusesOneOfTooManyPixelsByItsHeader() throws IOException {
    byte[] bomb = MadePictures.read("lossy-alpha.webp");
    Arrays.fill(bomb, 24, 30, (byte) 0xFF); // canvas of VP8X: 2^24 x 2^24
    ImageException e = assertThrows(ImageException.class, () -> levels(bomb, Optional.empty()));
    assertEquals("one of 16777216 x 16777216", e.problem().found());
  }

  @Test
  void neverFailsButByName() throws IOException {
    Random random = new Random(11);
    String[] names = {"lossy.webp", "lossy-alpha.webp", "lossless.webp", "animated.webp"};
    int decoded = 0;
    int refused = 0;
    for (int i = 0; i < 2000; i++) {
      byte[] damaged = MadePictures.read(names[i % names.length]);
      for (int n = random.nextInt(4); n >= 0; n--) {
        damaged[30 + random.nextInt(damaged.length - 30)] = (byte) random.nextInt();
      }
      PictureSize size = PictureSize.of(damaged);
      if (size.width() * size.height() > 1_000_000) {
        continue; // allowed, and seconds of work
      }
      try {
        WebpFile.toBmp("damaged", damaged, true);
        decoded++;
      } catch (ImageException e) {
        assertEquals("damaged", e.problem().where());
        refused++;
      }
    }
    assertTrue(decoded > 50 && refused > 50, decoded + " decoded, " + refused + " refused");
  }
}
