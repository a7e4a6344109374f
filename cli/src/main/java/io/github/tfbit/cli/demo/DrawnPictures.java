package io.github.tfbit.cli.demo;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * Pictures drawn by code, one light figure each on a dark ground. Hue, place, size, turn, texture
 * and ground are drawn by chance for every picture alike, so only the outline tells the class. They
 * are a picture set that needs no download, and no more than that: not photographs, and no
 * benchmark.
 *
 * <p>The same seed gives the same pixels. No font is used, since a headless JDK may have none.
 */
final class DrawnPictures {
  /** Every picture's sides lie from here to {@link #LARGEST}, pixels. */
  static final int SMALLEST = 72;

  /** The largest side, pixels. */
  static final int LARGEST = 96;

  private static final int DISTRACTORS = 2;

  private static final List<Texture> TEXTURES = List.of(Texture.values());

  private DrawnPictures() {}

  /**
   * Writes {@code perClass} pictures of every class as {@code dir/<class>/NNN.png} or {@code .jpg},
   * in turn.
   */
  static void write(Path dir, int perClass, long seed) throws IOException {
    for (Outline outline : Outline.values()) {
      Path folder = Files.createDirectories(dir.resolve(outline.label()));
      for (int i = 0; i < perClass; i++) {
        Path file = folder.resolve(name(i));
        String format = format(i);
        if (!ImageIO.write(draw(outline, i, seed), format, file.toFile())) {
          throw new IOException("this JDK writes no " + format + " pictures");
        }
      }
    }
  }

  /** The pictures of one class that {@link #write} wrote, in order. */
  static List<Path> files(Path dir, Outline outline) throws IOException {
    try (Stream<Path> files = Files.list(dir.resolve(outline.label()))) {
      return files.sorted().toList();
    }
  }

  private static String format(int index) {
    return index % 2 == 0 ? "png" : "jpg";
  }

  private static String name(int index) {
    return String.format(Locale.ROOT, "%03d.%s", index, format(index));
  }

  /** Draws one picture; the same three arguments give the same pixels. */
  static BufferedImage draw(Outline outline, int index, long seed) {
    long own = (seed * 31 + outline.name().hashCode()) * 1_000_003 + index;
    RandomGenerator random = new SplittableRandom(own);
    int width = random.nextInt(SMALLEST, LARGEST + 1);
    int height = random.nextInt(SMALLEST, LARGEST + 1);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    try {
      g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
      Color ground = colour(random, 0.1f, 0.45f);
      g.setPaint(texture(random).paint(ground, random));
      g.fillRect(0, 0, width, height);
      distract(g, width, height, random);
      g.setPaint(texture(random).paint(colour(random, 0.75f, 1f), random));
      g.fill(placed(width, height, random).createTransformedShape(outline.shape()));
    } finally {
      g.dispose();
    }
    grain(image, random);
    return image;
  }

  private static AffineTransform placed(int width, int height, RandomGenerator random) {
    double radius = Math.min(width, height) * random.nextDouble(0.34, 0.46);
    double x = random.nextDouble(radius, width - radius);
    double y = random.nextDouble(radius, height - radius);
    AffineTransform place = AffineTransform.getTranslateInstance(x, y);
    place.rotate(Math.toRadians(random.nextDouble(-15, 15)));
    double mirror = random.nextBoolean() ? 1 : -1;
    place.scale(mirror * radius * random.nextDouble(0.85, 1.1), radius);
    return place;
  }

  /** Blots and bars that are in the way and belong to no class. */
  private static void distract(Graphics2D g, int width, int height, RandomGenerator random) {
    for (int i = random.nextInt(DISTRACTORS + 1); i > 0; i--) {
      g.setPaint(colour(random, 0.1f, 0.6f));
      int x = random.nextInt(width);
      int y = random.nextInt(height);
      int size = random.nextInt(3, 12);
      if (random.nextBoolean()) {
        g.fillOval(x, y, size, size);
      } else {
        g.fillRect(x, y, 2 * size, size / 3 + 1);
      }
    }
  }

  private static void grain(BufferedImage image, RandomGenerator random) {
    int strength = random.nextInt(1, 12);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int rgb = image.getRGB(x, y);
        int noise = random.nextInt(-strength, strength + 1);
        int red = shifted(rgb >> 16 & 255, noise);
        int green = shifted(rgb >> 8 & 255, noise);
        int blue = shifted(rgb & 255, noise);
        image.setRGB(x, y, red << 16 | green << 8 | blue);
      }
    }
  }

  private static int shifted(int value, int by) {
    return Math.max(0, Math.min(255, value + by));
  }

  private static Texture texture(RandomGenerator random) {
    return TEXTURES.get(random.nextInt(TEXTURES.size()));
  }

  /** Any hue; the brightness, from dark 0 to light 1, tells figure from ground. */
  private static Color colour(RandomGenerator random, float darkest, float lightest) {
    return Color.getHSBColor(
        random.nextFloat(), random.nextFloat(0.15f, 0.85f), random.nextFloat(darkest, lightest));
  }
}
