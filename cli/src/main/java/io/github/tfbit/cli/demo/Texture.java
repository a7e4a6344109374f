package io.github.tfbit.cli.demo;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.Paint;
import java.awt.Rectangle;
import java.awt.TexturePaint;
import java.awt.image.BufferedImage;
import java.util.random.RandomGenerator;

/** How a surface looks. Figure and ground draw from the same ones, so none gives the class away. */
enum Texture {
  PLAIN,
  GRADIENT,
  STRIPES,
  CHECKS,
  DOTS,
  CLOUDS;

  private static final int TILE = 64;

  /** A paint that varies about one colour. */
  Paint paint(Color base, RandomGenerator random) {
    Color other = shifted(base, random);
    int size = random.nextInt(4, 12);
    return switch (this) {
      case PLAIN -> base;
      case GRADIENT ->
          new GradientPaint(
              random.nextInt(96), 0, base, random.nextInt(96), 96, other, random.nextBoolean());
      case STRIPES -> stripes(base, other, size, random.nextBoolean());
      case CHECKS -> tile(2 * size, g -> checks(g, base, other, size));
      case DOTS -> tile(2 * size, g -> dots(g, base, other, size));
      case CLOUDS -> clouds(base, other, random);
    };
  }

  /** A neighbouring colour: lighter or darker, a little off in hue. */
  private static Color shifted(Color base, RandomGenerator random) {
    float[] hsb = Color.RGBtoHSB(base.getRed(), base.getGreen(), base.getBlue(), null);
    float brightness = hsb[2] + (hsb[2] > 0.55f ? -1 : 1) * random.nextFloat(0.06f, 0.16f);
    float hue = hsb[0] + random.nextFloat(-0.06f, 0.06f);
    return Color.getHSBColor(hue, hsb[1], Math.max(0, Math.min(1, brightness)));
  }

  private static Paint stripes(Color a, Color b, int size, boolean steep) {
    return steep
        ? new GradientPaint(0, 0, a, size, size / 3f, b, true)
        : new GradientPaint(0, 0, a, size / 4f, size, b, true);
  }

  private static void checks(Graphics2D g, Color a, Color b, int size) {
    g.setColor(a);
    g.fillRect(0, 0, 2 * size, 2 * size);
    g.setColor(b);
    g.fillRect(0, 0, size, size);
    g.fillRect(size, size, size, size);
  }

  private static void dots(Graphics2D g, Color a, Color b, int size) {
    g.setColor(a);
    g.fillRect(0, 0, 2 * size, 2 * size);
    g.setColor(b);
    g.fillOval(size / 2, size / 2, size, size);
  }

  private interface Painter {
    void paint(Graphics2D g);
  }

  private static Paint tile(int side, Painter painter) {
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    try {
      painter.paint(g);
    } finally {
      g.dispose();
    }
    return new TexturePaint(image, new Rectangle(side, side));
  }

  /** Value noise on a grid of 8 pixels, interpolated, repeating every {@value #TILE} pixels. */
  private static Paint clouds(Color a, Color b, RandomGenerator random) {
    int cells = TILE / 8;
    double[][] grid = new double[cells][cells];
    for (double[] row : grid) {
      for (int i = 0; i < cells; i++) {
        row[i] = random.nextDouble();
      }
    }
    BufferedImage image = new BufferedImage(TILE, TILE, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < TILE; y++) {
      for (int x = 0; x < TILE; x++) {
        image.setRGB(x, y, mix(a, b, between(grid, x / 8.0, y / 8.0)));
      }
    }
    return new TexturePaint(image, new Rectangle(TILE, TILE));
  }

  private static double between(double[][] grid, double x, double y) {
    int n = grid.length;
    int x0 = (int) x;
    int y0 = (int) y;
    double dx = x - x0;
    double dy = y - y0;
    double top = grid[y0][x0] * (1 - dx) + grid[y0][(x0 + 1) % n] * dx;
    double bottom = grid[(y0 + 1) % n][x0] * (1 - dx) + grid[(y0 + 1) % n][(x0 + 1) % n] * dx;
    return top * (1 - dy) + bottom * dy;
  }

  private static int mix(Color a, Color b, double share) {
    int red = (int) Math.round(a.getRed() + share * (b.getRed() - a.getRed()));
    int green = (int) Math.round(a.getGreen() + share * (b.getGreen() - a.getGreen()));
    int blue = (int) Math.round(a.getBlue() + share * (b.getBlue() - a.getBlue()));
    return red << 16 | green << 8 | blue;
  }
}
