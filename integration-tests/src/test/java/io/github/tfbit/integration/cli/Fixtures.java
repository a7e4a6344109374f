package io.github.tfbit.integration.cli;

import io.github.tfbit.checkpoints.Existing;
import io.github.tfbit.checkpoints.npz.NpzWriter;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.converters.testing.SeededCheckpoint;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/** A network and pictures that are small enough for whole commands in a second. */
public final class Fixtures {
  public static final Architecture TINY = new Architecture(List.of(1, 1, 1, 1), 8, 4);
  public static final int CLASSES = 3;

  private Fixtures() {}

  /** Seeded weights of the tiny network in the published layout. */
  public static Path model(Path directory) throws IOException {
    Path file = directory.resolve("tiny.npz");
    NpzWriter.write(file, SeededCheckpoint.of(TINY, CLASSES, 1), Existing.REFUSE);
    return file;
  }

  /** A drawn picture, 40 wide and 32 high; the extension says which format. */
  public static Path picture(Path file, int shape, int variant) throws IOException {
    BufferedImage image = new BufferedImage(40, 32, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setColor(new Color(40 + 5 * variant, 90, 200 - 9 * variant));
    g.fillRect(0, 0, 40, 32);
    g.setColor(new Color(250, 220 - 7 * variant, 30 + 3 * variant));
    switch (shape) {
      case 0 -> g.fillRect(8 + variant, 6, 12, 18);
      case 1 -> g.fillOval(6, 4 + variant / 2, 24, 20);
      default -> g.fillPolygon(new int[] {4, 34, 18 + variant}, new int[] {28, 28, 4}, 3);
    }
    g.dispose();
    String name = file.getFileName().toString();
    Files.createDirectories(file.getParent());
    ImageIO.write(image, name.substring(name.lastIndexOf('.') + 1), file.toFile());
    return file;
  }

  /** Two classes of six pictures each, a folder per class. */
  public static Path data(Path directory) throws IOException {
    Path data = directory.resolve("data");
    for (int i = 0; i < 6; i++) {
      picture(data.resolve("box/" + i + ".jpg"), 0, i);
      picture(data.resolve("disc/" + i + ".png"), 1, i);
    }
    return data;
  }

  /** Arguments of a run of four steps, which see each of up to 16 pictures. */
  static Object[] finetune(Path model, Path data, Path run, Object... more) {
    List<Object> all =
        new java.util.ArrayList<>(
            List.of("finetune", "--model", model, "--data", data, "--out", run));
    all.addAll(List.of("--steps", 4, "--batch", 4, "--resize", 40, "--crop", 32, "--threads", 2));
    all.addAll(List.of(more));
    return all.toArray();
  }

  /** Arguments, and more of them. */
  static Object[] join(List<?> some, Object... more) {
    List<Object> all = new java.util.ArrayList<>(some);
    all.addAll(List.of(more));
    return all.toArray();
  }
}
