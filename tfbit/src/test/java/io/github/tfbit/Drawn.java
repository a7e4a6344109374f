package io.github.tfbit;

import io.github.tfbit.data.Example;
import io.github.tfbit.data.Hashes;
import io.github.tfbit.data.ImageDataset;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/** Small pictures for tests, drawn by code: a class by its shape and colour. */
public final class Drawn {
  /** Classes that can be drawn. */
  public static final List<String> CLASSES = List.of("disc", "square", "stripes");

  private static final Color[] COLOURS = {Color.RED, Color.GREEN, Color.BLUE};

  private Drawn() {}

  /** A picture of a class; the number decides where and how large. */
  public static BufferedImage picture(int label, int number, int height, int width) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    long h = Hashes.mix(label, number);
    g.setColor(new Color(60 + (int) (h & 63), 60 + (int) (h >> 6 & 63), 60 + (int) (h >> 12 & 63)));
    g.fillRect(0, 0, width, height);
    g.setColor(COLOURS[label]);
    int side = height / 3 + (int) (h >>> 18 & 7);
    int x = (int) ((h >>> 24 & 255) * (width - side) / 255);
    int y = (int) ((h >>> 32 & 255) * (height - side) / 255);
    switch (label) {
      case 0 -> g.fillOval(x, y, side, side);
      case 1 -> g.fillRect(x, y, side, side);
      default -> {
        for (int i = x % 6; i < width; i += 6) {
          g.fillRect(i, 0, 3, height);
        }
      }
    }
    g.dispose();
    return image;
  }

  /** A picture as a file's bytes. */
  public static byte[] encode(BufferedImage image, String format) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, format, out)) {
        throw new IllegalArgumentException("no writer for " + format);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** A data set in memory, classes in turn. */
  public static ImageDataset dataset(int size, int side) {
    byte[][] files = new byte[size][];
    for (int i = 0; i < size; i++) {
      files[i] = encode(picture(i % CLASSES.size(), i, side, side + 4), "png");
    }
    return dataset(files);
  }

  /** A data set of given bytes, classes in turn. */
  public static ImageDataset dataset(byte[]... files) {
    return new ImageDataset() {
      @Override
      public List<String> classes() {
        return CLASSES;
      }

      @Override
      public int size() {
        return files.length;
      }

      @Override
      public Example example(int index) {
        return new Example("picture " + index, files[index], labels(index));
      }

      @Override
      public int[] labels(int index) {
        return new int[] {index % CLASSES.size()};
      }
    };
  }

  /** Writes a JPEG file, and the folders above it. */
  public static Path jpeg(Path file, int label, int number) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.write(file, encode(picture(label, number, 20, 28), "jpg"));
  }
}
