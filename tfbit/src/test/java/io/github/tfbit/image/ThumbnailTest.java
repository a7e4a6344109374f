package io.github.tfbit.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.tfbit.data.ImageSource;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class ThumbnailTest {
  /** Left half of one colour, right half of stripes one pixel wide. */
  private static BufferedImage picture(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setColor(new Color(200, 100, 50));
    g.fillRect(0, 0, width / 2, height);
    g.setColor(Color.WHITE);
    for (int x = width / 2; x < width; x += 2) {
      g.fillRect(x, 0, 1, height);
    }
    g.dispose();
    return image;
  }

  private static BufferedImage thumbnail(BufferedImage of, int side) throws IOException {
    try (ImageDecoder decoder = ImageDecoder.open(Decoding.DEFAULT, 1)) {
      byte[] jpeg = Thumbnail.jpeg(decoder, ImageSource.of(of), side);
      return ImageIO.read(new ByteArrayInputStream(jpeg));
    }
  }

  @Test
  void fitsIntoTheSquareAndKeepsTheShape() throws IOException {
    BufferedImage small = thumbnail(picture(400, 100), 100);
    assertEquals(100, small.getWidth());
    assertEquals(25, small.getHeight());
  }

  @Test
  void smallPicturesKeepTheirSize() throws IOException {
    BufferedImage small = thumbnail(picture(32, 20), 100);
    assertEquals(32, small.getWidth());
    assertEquals(20, small.getHeight());
  }

  @Test
  void coloursStayAndFineStripesBecomeGrey() throws IOException {
    BufferedImage small = thumbnail(picture(400, 100), 100);
    Color left = new Color(small.getRGB(20, 12));
    assertEquals(200, left.getRed(), 6);
    assertEquals(100, left.getGreen(), 6);
    assertEquals(50, left.getBlue(), 6);
    assertEquals(128, new Color(small.getRGB(80, 12)).getGreen(), 12);
  }
}
