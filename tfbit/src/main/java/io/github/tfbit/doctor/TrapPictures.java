package io.github.tfbit.doctor;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;

/** Pictures that show mistakes: fine textures, odd sizes, transparency, EXIF, grey. */
final class TrapPictures {
  /** APP1 with a TIFF directory of one entry: orientation 6, to be turned clockwise. */
  private static final byte[] EXIF = {
    (byte) 0xFF,
    (byte) 0xE1,
    0,
    34,
    'E',
    'x',
    'i',
    'f',
    0,
    0,
    'M',
    'M',
    0,
    42,
    0,
    0,
    0,
    8,
    0,
    1,
    0x01,
    0x12,
    0,
    3,
    0,
    0,
    0,
    1,
    0,
    6,
    0,
    0,
    0,
    0,
    0,
    0
  };

  private TrapPictures() {}

  /** All of them; the same bytes each time. */
  static List<byte[]> all() {
    return List.of(
        encoded(texture(640, 400, BufferedImage.TYPE_INT_RGB, 1), "jpg"),
        turned(encoded(texture(300, 180, BufferedImage.TYPE_INT_RGB, 2), "jpg")),
        encoded(texture(150, 201, BufferedImage.TYPE_INT_ARGB, 3), "png"),
        encoded(texture(57, 83, BufferedImage.TYPE_INT_RGB, 4), "png"),
        encoded(texture(220, 260, BufferedImage.TYPE_BYTE_GRAY, 5), "jpg"));
  }

  private static BufferedImage texture(int width, int height, int type, long seed) {
    BufferedImage image = new BufferedImage(width, height, type);
    boolean clear = type == BufferedImage.TYPE_INT_ARGB;
    SplittableRandom random = new SplittableRandom(seed);
    Graphics2D g = image.createGraphics();
    if (!clear) {
      g.setColor(new Color(90 + (int) (20 * seed), 140, 200 - (int) (30 * seed)));
      g.fillRect(0, 0, width, height);
    }
    for (int i = 0; i < 60; i++) {
      int alpha = clear ? 60 + random.nextInt(196) : 255;
      g.setColor(new Color(random.nextInt(256), random.nextInt(200), random.nextInt(120), alpha));
      int size = 3 + random.nextInt(Math.max(4, width / 5));
      g.fillOval(random.nextInt(width), random.nextInt(height), size, size);
    }
    for (int x = 0; x < width / 2; x += 3) { // finer than any network sees
      g.setColor(x % 2 == 0 ? Color.WHITE : new Color(120, 20, 20));
      g.drawLine(x, height / 2, x, height);
    }
    g.dispose();
    return image;
  }

  private static byte[] encoded(BufferedImage image, String format) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, format, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return out.toByteArray();
  }

  /** The same JPEG with EXIF after its first marker. */
  private static byte[] turned(byte[] jpeg) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(jpeg, 0, 2);
    out.write(EXIF, 0, EXIF.length);
    out.write(jpeg, 2, jpeg.length - 2);
    return out.toByteArray();
  }
}
