package io.github.tfbit.integration;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;

/** Pictures for tests, drawn by code. */
final class Pictures {
  private Pictures() {}

  /** JPEG files of different sizes, none square. */
  static List<Path> draw(Path folder, int n, Color ground) throws IOException {
    Files.createDirectories(folder);
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      Random random = new Random(i);
      int width = 90 + 17 * i;
      int height = 61 + 29 * (i % 4);
      BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
      Graphics2D g = image.createGraphics();
      g.setColor(ground);
      g.fillRect(0, 0, width, height);
      for (int k = 0; k < 6; k++) {
        g.setColor(new Color(random.nextInt(1 << 24)));
        g.fillOval(random.nextInt(width), random.nextInt(height), width / 4, height / 5);
      }
      g.dispose();
      Path file = folder.resolve(String.format(java.util.Locale.ROOT, "%03d.jpg", i));
      if (!ImageIO.write(image, "jpg", file.toFile())) {
        throw new IOException("no JPEG writer");
      }
      files.add(file);
    }
    return files;
  }
}
