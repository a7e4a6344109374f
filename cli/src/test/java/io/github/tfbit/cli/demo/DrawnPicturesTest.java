package io.github.tfbit.cli.demo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrawnPicturesTest {
  @TempDir Path dir;

  @Test
  void hasAtLeastEightClasses() {
    assertTrue(Outline.values().length >= 8);
  }

  @Test
  void sameSeedDrawsTheSamePixels() {
    assertArrayEquals(
        pixels(DrawnPictures.draw(Outline.FISH, 3, 7)),
        pixels(DrawnPictures.draw(Outline.FISH, 3, 7)));
  }

  @Test
  void seedIndexAndClassEachChangeThePicture() {
    int[] one = pixels(DrawnPictures.draw(Outline.STAR, 0, 0));
    assertFalse(Arrays.equals(one, pixels(DrawnPictures.draw(Outline.STAR, 0, 1))));
    assertFalse(Arrays.equals(one, pixels(DrawnPictures.draw(Outline.STAR, 1, 0))));
    assertFalse(Arrays.equals(one, pixels(DrawnPictures.draw(Outline.RING, 0, 0))));
  }

  @Test
  void sidesVaryWithinTheirLimits() {
    List<BufferedImage> all =
        Stream.iterate(0, i -> i + 1)
            .limit(60)
            .map(i -> DrawnPictures.draw(Outline.HOUSE, i, 0))
            .toList();
    assertTrue(all.stream().allMatch(i -> inside(i.getWidth()) && inside(i.getHeight())));
    assertTrue(all.stream().anyMatch(i -> i.getWidth() != i.getHeight()));
  }

  /** If colour told the class, the classes' mean colours would lie apart. They do not. */
  @Test
  void meanColourDoesNotTellTheClass() {
    double[] byClass =
        Arrays.stream(Outline.values()).mapToDouble(DrawnPicturesTest::meanRed).toArray();
    double spread =
        Arrays.stream(byClass).max().orElseThrow() - Arrays.stream(byClass).min().orElseThrow();
    double within = deviationOfRed(Outline.DISC);
    assertFalse(!(spread <= within), spread + " between classes, " + within + " within one");
  }

  @Test
  void writesBothFormatsIntoAFolderPerClass() throws IOException {
    DrawnPictures.write(dir, 2, 5);
    for (Outline outline : Outline.values()) {
      assertNotNull(read(outline, "000.png"));
      assertNotNull(read(outline, "001.jpg"));
    }
    try (Stream<Path> folders = Files.list(dir)) {
      assertEquals(Outline.values().length, folders.count());
    }
  }

  private BufferedImage read(Outline outline, String name) throws IOException {
    return ImageIO.read(dir.resolve(outline.label()).resolve(name).toFile());
  }

  private static boolean inside(int side) {
    return side >= DrawnPictures.SMALLEST && side <= DrawnPictures.LARGEST;
  }

  private static int[] pixels(BufferedImage image) {
    return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
  }

  private static double meanRed(BufferedImage image) {
    return Arrays.stream(pixels(image)).map(p -> p >> 16 & 255).average().orElseThrow();
  }

  private static double meanRed(Outline outline) {
    return Stream.iterate(0, i -> i + 1)
        .limit(40)
        .mapToDouble(i -> meanRed(DrawnPictures.draw(outline, i, 0)))
        .average()
        .orElseThrow();
  }

  private static double deviationOfRed(Outline outline) {
    double mean = meanRed(outline);
    double squares =
        Stream.iterate(0, i -> i + 1)
            .limit(40)
            .mapToDouble(i -> Math.pow(meanRed(DrawnPictures.draw(outline, i, 0)) - mean, 2))
            .average()
            .orElseThrow();
    return Math.sqrt(squares);
  }
}
