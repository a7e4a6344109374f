package io.github.tfbit.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.Drawn;
import io.github.tfbit.data.ImageException;
import io.github.tfbit.data.ImageSize;
import io.github.tfbit.data.ImageSource;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageDecoderTest {
  /** TensorFlow multiplies by 1/127.5 where the formula divides: one unit in the last place. */
  private static final float LAST_PLACE = 0x1p-24f;

  private static final ImageSize SIZE = new ImageSize(3, 5);
  private static ImageDecoder decoder;

  @TempDir Path dir;

  @BeforeAll
  static void open() {
    decoder = ImageDecoder.open(Decoding.DEFAULT, 1);
  }

  @AfterAll
  static void close() {
    decoder.close();
  }

  private static float[] decode(ImageSource source) throws IOException {
    float[] pixels = new float[SIZE.floats()];
    decoder.decode(source, SIZE, FloatBuffer.wrap(pixels));
    return pixels;
  }

  private static BufferedImage flat(int type, Color colour) {
    BufferedImage image = new BufferedImage(5, 3, type);
    for (int i = 0; i < 15; i++) {
      image.setRGB(i % 5, i / 5, colour.getRGB());
    }
    return image;
  }

  private static void assertRgb(float[] pixels, int r, int g, int b) {
    float[] expected = {(r - 127.5f) / 127.5f, (g - 127.5f) / 127.5f, (b - 127.5f) / 127.5f};
    assertArrayEquals(expected, Arrays.copyOf(pixels, 3), LAST_PLACE);
  }

  @Test
  void scalesPixelsToMinusOneToOne() throws IOException {
    byte[] bmp = Drawn.encode(flat(BufferedImage.TYPE_INT_RGB, new Color(255, 0, 10)), "bmp");
    assertRgb(decode(ImageSource.of(bmp)), 255, 0, 10);
  }

  @Test
  void dropsAlpha() throws IOException {
    BufferedImage image = flat(BufferedImage.TYPE_INT_ARGB, new Color(200, 100, 50, 128));
    assertRgb(decode(ImageSource.of(image)), 200, 100, 50);
  }

  @Test
  void keepsTheHighByteOfSixteenBits() throws IOException {
    BufferedImage image = new BufferedImage(5, 3, BufferedImage.TYPE_USHORT_GRAY);
    for (int i = 0; i < 15; i++) {
      image.getRaster().setSample(i % 5, i / 5, 0, 0x40FF);
    }
    assertRgb(decode(ImageSource.of(Drawn.encode(image, "png"))), 0x40, 0x40, 0x40);
  }

  @Test
  void repeatsGreyOfAJpeg() throws IOException {
    BufferedImage image = new BufferedImage(5, 3, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 15; i++) {
      image.getRaster().setSample(i % 5, i / 5, 0, 90);
    }
    assertRgb(decode(ImageSource.of(Drawn.encode(image, "jpg"))), 90, 90, 90);
  }

  @Test
  void takesTheFirstFrameOfAGif() throws IOException {
    byte[] gif = Drawn.encode(flat(BufferedImage.TYPE_BYTE_INDEXED, Color.WHITE), "gif");
    assertRgb(decode(ImageSource.of(gif)), 255, 255, 255);
  }

  @Test
  void resizesBetweenHalfPixelCentres() throws IOException {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB);
    image.setRGB(1, 0, 0xFFFFFF);
    float[] row = new float[12];
    decoder.decode(ImageSource.of(image), new ImageSize(1, 4), FloatBuffer.wrap(row));
    // 2 to 4 columns: 0, a quarter, three quarters, 1.
    assertArrayEquals(
        new float[] {-1, -0.5f, 0.5f, 1}, new float[] {row[0], row[3], row[6], row[9]});
  }

  @Test
  void givesOneAnswerForFileBytesAndPixels() throws IOException {
    BufferedImage image = Drawn.picture(1, 3, 20, 30);
    byte[] png = Drawn.encode(image, "png");
    Path file = Files.write(dir.resolve("x.dat"), png);
    float[] expected = decode(ImageSource.of(image));
    assertArrayEquals(expected, decode(ImageSource.of(png)));
    assertArrayEquals(expected, decode(ImageSource.of(file)));
  }

  @Test
  void movesThePositionOfDirectMemory() throws IOException {
    FloatBuffer target =
        java.nio.ByteBuffer.allocateDirect(4 * (2 + SIZE.floats()))
            .order(java.nio.ByteOrder.nativeOrder())
            .asFloatBuffer();
    target.put(7).put(8);
    decoder.decode(ImageSource.of(flat(BufferedImage.TYPE_INT_RGB, Color.BLACK)), SIZE, target);
    assertEquals(0, target.remaining());
    assertEquals(8, target.get(1));
    assertEquals(-1, target.get(2));
  }

  @Test
  void namesATextFileCalledJpg() throws IOException {
    Path file = Files.writeString(dir.resolve("text.jpg"), "Dear diary");
    ImageException e = assertThrows(ImageException.class, () -> decode(ImageSource.of(file)));
    assertEquals(file.toString(), e.problem().where());
    assertEquals("10 bytes that start with \"Dear diary\"", e.problem().found());
  }

  @Test
  void refusesAPictureCutOffHalfWay() {
    byte[] jpeg = Drawn.encode(Drawn.picture(0, 1, 60, 60), "jpg");
    byte[] half = Arrays.copyOf(jpeg, jpeg.length / 2);
    ImageException e = assertThrows(ImageException.class, () -> decode(ImageSource.of(half)));
    assertTrue(e.problem().found().startsWith("a JPEG of " + half.length + " bytes"));
  }

  @Test
  void refusesNothingAndAnEmptyWebp() {
    assertEquals("an empty file", found(new byte[0]));
    byte[] webp = "RIFF____WEBPVP8 ".getBytes(StandardCharsets.US_ASCII);
    assertEquals("a WebP or other RIFF file of 16 bytes, cut off", found(webp));
  }

  private static String found(byte[] bytes) {
    return assertThrows(ImageException.class, () -> decode(ImageSource.of(bytes)))
        .problem()
        .found();
  }
}
