package io.github.tfbit.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.Drawn;
import io.github.tfbit.data.ImageException;
import io.github.tfbit.data.ImageSize;
import io.github.tfbit.data.ImageSource;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;

/** Files that other readers decode otherwise, or not at all. */
class DecodedKindsTest {
  /** Loss of a JPEG of one colour, in levels. */
  private static final double LOSS = 2;

  private static double[] levels(byte[] file, int height, int width) throws IOException {
    ImageSize size = new ImageSize(height, width);
    float[] pixels = new float[size.floats()];
    try (ImageDecoder decoder = ImageDecoder.open(Decoding.DEFAULT, 1)) {
      decoder.decode(ImageSource.of(file), size, FloatBuffer.wrap(pixels));
    }
    double[] levels = new double[pixels.length];
    java.util.Arrays.setAll(levels, i -> pixels[i] * 127.5 + 127.5);
    return levels;
  }

  private static void assertColour(String name, int... colour) throws IOException {
    double[] found = levels(MadePictures.read(name), MadePictures.HEIGHT, MadePictures.WIDTH);
    for (int i = 0; i < found.length; i++) {
      assertEquals(colour[i % 3], found[i], LOSS, name + " at " + i);
    }
  }

  @Test
  void decodesProgressiveJpeg() throws IOException {
    assertColour("progressive.jpg", 200, 100, 50);
  }

  /** Of (0, 128, 255, 51) each colour is (255 - ink) * (255 - black) / 255. */
  @Test
  void decodesCmykJpeg() throws IOException {
    assertColour("cmyk.jpg", 204, 102, 0);
    assertTrue(
        PictureHeader.of(MadePictures.read("cmyk.jpg"))
            .traits()
            .contains(PictureHeader.Trait.CMYK));
  }

  @Test
  void decodesInterlacedPngAsThePlainOne() throws IOException {
    BufferedImage image = Drawn.picture(2, 5, 30, 40);
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    ImageWriteParam settings = writer.getDefaultWriteParam();
    settings.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), settings);
    } finally {
      writer.dispose();
    }
    assertEquals(1, bytes.toByteArray()[28], "interlaced");
    assertArrayEquals(
        levels(Drawn.encode(image, "png"), 30, 40), levels(bytes.toByteArray(), 30, 40));
  }

  @Test
  void decodesOneBitPngToBlackAndWhite() throws IOException {
    BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_BYTE_BINARY);
    image.setRGB(1, 0, 0xFFFFFF);
    double[] found = levels(Drawn.encode(image, "png"), 1, 3);
    assertArrayEquals(new double[] {0, 0, 0, 255, 255, 255, 0, 0, 0}, found, 1e-4);
  }

  @Test
  void refusesAPngThatDeclaresTenThousandMillionPixels() {
    byte[] png = Drawn.encode(new BufferedImage(3, 1, BufferedImage.TYPE_INT_RGB), "png");
    ByteBuffer.wrap(png).putInt(16, 100_000).putInt(20, 100_000);
    ImageException e = assertThrows(ImageException.class, () -> levels(png, 1, 3));
    assertEquals("one of 100000 x 100000", e.problem().found());
  }
}
