package io.github.tfbit.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.tfbit.Drawn;
import io.github.tfbit.data.ImageSize;
import io.github.tfbit.data.ImageSource;
import java.awt.Point;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TransparencyTest {
  /** One unit in the last place of [-1, 1], as a share of a level. */
  private static final double ROUNDING = 1e-4;

  private static final Rgb BEHIND = new Rgb(255, 128, 0);
  private static final ImageSize SIZE = new ImageSize(2, 3);
  private static ImageDecoder onto;
  private static ImageDecoder dropping;

  @BeforeAll
  static void open() {
    onto = ImageDecoder.open(new Decoding(false, Optional.of(BEHIND)), 1);
    dropping = ImageDecoder.open(Decoding.DEFAULT, 1);
  }

  @AfterAll
  static void close() {
    onto.close();
    dropping.close();
  }

  private static float[] decode(ImageDecoder decoder, byte[] file) throws IOException {
    float[] pixels = new float[SIZE.floats()];
    decoder.decode(ImageSource.of(file), SIZE, FloatBuffer.wrap(pixels));
    return pixels;
  }

  private static void assertFirst(byte[] file, int[] colour, int alpha) throws IOException {
    int[] behind = {BEHIND.red(), BEHIND.green(), BEHIND.blue()};
    float[] found = decode(onto, file);
    float[] dropped = decode(dropping, file);
    for (int c = 0; c < 3; c++) {
      double expected = (colour[c] * alpha + behind[c] * (255 - alpha)) / 255.0;
      assertEquals(expected, found[c] * 127.5 + 127.5, ROUNDING, "channel " + c);
      assertEquals(colour[c], dropped[c] * 127.5 + 127.5, ROUNDING, "channel " + c);
    }
  }

  @Test
  void showsThroughColour() throws IOException {
    BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 77 << 24 | 200 << 16 | 100 << 8 | 50);
    assertFirst(Drawn.encode(image, "png"), new int[] {200, 100, 50}, 77);
  }

  @Test
  void showsThroughGrey() throws IOException {
    WritableRaster raster =
        Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 3, 2, 2, new Point(0, 0));
    raster.setPixel(0, 0, new int[] {90, 33});
    ComponentColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_GRAY), true, false, 3, DataBuffer.TYPE_BYTE);
    BufferedImage image = new BufferedImage(model, raster, false, null);
    assertFirst(Drawn.encode(image, "png"), new int[] {90, 90, 90}, 33);
  }

  @Test
  void showsThroughAPalette() throws IOException {
    byte[] red = {10, (byte) 200};
    byte[] green = {20, 100};
    byte[] blue = {30, 50};
    byte[] alpha = {(byte) 255, 60};
    IndexColorModel model = new IndexColorModel(1, 2, red, green, blue, alpha);
    BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_BINARY, model);
    image.getRaster().setSample(0, 0, 0, 1);
    assertFirst(Drawn.encode(image, "png"), new int[] {200, 100, 50}, 60);
  }

  @Test
  void leavesOpaquePicturesAsTheyAre() throws IOException {
    for (String format : new String[] {"png", "jpg", "gif", "bmp"}) {
      byte[] file = Drawn.encode(Drawn.picture(2, 1, 40, 50), format);
      assertArrayEquals(decode(dropping, file), decode(onto, file), format);
    }
    BufferedImage grey = new BufferedImage(9, 7, BufferedImage.TYPE_BYTE_GRAY);
    grey.getRaster().setSample(4, 4, 0, 99);
    for (String format : new String[] {"png", "jpg"}) {
      byte[] file = Drawn.encode(grey, format);
      assertArrayEquals(decode(dropping, file), decode(onto, file), "grey " + format);
    }
  }
}
