package io.github.tfbit.image;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.data.Example;
import io.github.tfbit.data.ImageException;
import io.github.tfbit.data.ImageSize;
import io.github.tfbit.data.ImageSource;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureSizeTest {
  private static byte[] encoded(String format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(300, 20, BufferedImage.TYPE_INT_RGB), format, out);
    return out.toByteArray();
  }

  /** A picture of 300 x 20 whose header says 14000 x 14000. */
  private static byte[] bomb() throws IOException {
    byte[] png = encoded("png");
    ByteBuffer.wrap(png).putInt(16, 14_000).putInt(20, 14_000);
    return png;
  }

  /** One frame after another of the size given, with no pixels in any. */
  private static byte[] gif(int frames, int width, int height) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {'G', 'I', 'F', '8', '9', 'a', 1, 0, 1, 0, 0, 0, 0});
    for (int i = 0; i < frames; i++) {
      byte[] descriptor = {0x2C, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0};
      descriptor[5] = (byte) width;
      descriptor[6] = (byte) (width >> 8);
      descriptor[7] = (byte) height;
      descriptor[8] = (byte) (height >> 8);
      out.writeBytes(descriptor);
    }
    out.write(0x3B);
    return out.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg", "gif", "bmp"})
  void readsTheHeader(String format) throws IOException {
    PictureSize size = PictureSize.of(encoded(format));
    assertEquals(300, size.width());
    assertEquals(20, size.height());
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg", "gif", "bmp"})
  void leavesWhatIsCutOffToTheDecoder(String format) throws IOException {
    byte[] whole = encoded(format);
    for (int n = 0; n < whole.length; n++) {
      byte[] cut = Arrays.copyOf(whole, n);
      assertDoesNotThrow(() -> PictureSize.check("cut", cut));
    }
  }

  @Test
  void refusesLargePictureToPredict() throws IOException {
    try (ImageDecoder decoder = ImageDecoder.open(Decoding.DEFAULT, 1)) {
      ImageSource bomb = ImageSource.named("bomb.png", bomb());
      ImageSize to = new ImageSize(3, 5);
      FloatBuffer target = FloatBuffer.allocate(to.floats());
      ImageException e = assertThrows(ImageException.class, () -> decoder.decode(bomb, to, target));
      String said = e.getMessage();
      assertTrue(
          said.contains("bomb.png: expected a picture of at most 64000000 pixels, found one of")
              && said.contains("14000 x 14000"),
          said);
    }
  }

  @Test
  void refusesLargePictureToTrainOn() throws IOException {
    List<Example> one = List.of(new Example("bomb.png", bomb(), new int[] {0}));
    try (BatchDecoder decoder = BatchDecoder.open(Decoding.DEFAULT, Augmentation.none(8), 1, 1)) {
      ImageException e =
          assertThrows(ImageException.class, () -> decoder.decode(one, new long[] {0}));
      assertTrue(e.getMessage().contains("14000 x 14000"), e.getMessage());
    }
  }

  @Test
  void refusesLargeFrameOfGif() {
    byte[] bomb = gif(1, 9000, 9000);
    assertThrows(ImageException.class, () -> PictureSize.check("bomb.gif", bomb));
  }

  @Test
  void refusesManyFramesOfGif() {
    byte[] bomb = gif(40, 4000, 4000);
    ImageException e =
        assertThrows(ImageException.class, () -> PictureSize.check("bomb.gif", bomb));
    assertTrue(e.getMessage().contains("frames of 640000000 in all"), e.getMessage());
  }
}
