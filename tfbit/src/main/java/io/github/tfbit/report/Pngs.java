package io.github.tfbit.report;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.knowm.xchart.XYChart;

/** Charts as pictures: twice as many pixels as points, for screens that have them. */
final class Pngs {
  private static final int SCALE = 2;

  private Pngs() {}

  /**
   * Draws a chart.
   *
   * @param chart of any kind
   * @param width in points
   * @param height in points
   * @return a PNG; equal charts give equal bytes
   * @throws IOException if it cannot be encoded
   */
  static byte[] of(XYChart chart, int width, int height) throws IOException {
    BufferedImage image =
        new BufferedImage(SCALE * width, SCALE * height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    try {
      g.scale(SCALE, SCALE);
      chart.paint(g, width, height);
    } finally {
      g.dispose();
    }
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(image, "png", png);
    return png.toByteArray();
  }
}
