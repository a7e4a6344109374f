package io.github.tfbit.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.data.ImageSize;
import io.github.tfbit.data.ImageSource;
import io.github.tfbit.image.Decoding;
import io.github.tfbit.image.ImageDecoder;
import io.github.tfbit.image.Rgb;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Point;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures of every kind, decoded here and by TensorFlow in Python. */
@Tag("python")
class DecodingParityTest {
  /** Rounding of [-1, 1], as a share of a level. */
  private static final double ROUNDING = 1e-4;

  /** Pictures that ImageIO cannot write. */
  private static final Path MADE =
      Path.of("..", "tfbit", "src", "test", "resources", "io", "github", "tfbit", "image");

  private static final int WIDTH = 37;
  private static final int HEIGHT = 23;
  private static final Rgb BEHIND = new Rgb(250, 120, 10);

  @TempDir Path dir;
  private Path pictures;

  @Test
  void decodesEveryKindAsPythonDoes() throws IOException, InterruptedException {
    pictures = Files.createDirectories(dir.resolve("pictures"));
    Path out = Files.createDirectories(dir.resolve("out"));
    drawAll();
    Python.tensorflow(
        "decoded_pictures.py",
        pictures.toString(),
        out.toString(),
        String.valueOf(BEHIND.red()),
        String.valueOf(BEHIND.green()),
        String.valueOf(BEHIND.blue()));
    List<Path> files;
    try (Stream<Path> all = Files.list(pictures)) {
      files = all.sorted().toList();
    }
    assertEquals(15, files.size());
    compare(files, out, ".dropped", Decoding.DEFAULT);
    compare(files, out, ".onto", new Decoding(false, Optional.of(BEHIND)));
  }

  private static void compare(List<Path> files, Path out, String ending, Decoding decoding)
      throws IOException {
    try (ImageDecoder decoder = ImageDecoder.open(decoding, 1)) {
      for (Path file : files) {
        ByteBuffer python =
            ByteBuffer.wrap(Files.readAllBytes(out.resolve(file.getFileName() + ending)))
                .order(ByteOrder.LITTLE_ENDIAN);
        ImageSize size = new ImageSize(python.getInt(), python.getInt());
        float[] ours = new float[size.floats()];
        decoder.decode(ImageSource.of(file), size, FloatBuffer.wrap(ours));
        double worst = 0;
        for (float value : ours) {
          worst = Math.max(worst, Math.abs(value * 127.5 + 127.5 - python.getFloat()));
        }
        assertTrue(worst <= ROUNDING, file.getFileName() + ending + ": " + worst);
      }
    }
  }

  private void drawAll() throws IOException {
    for (String made : new String[] {"cmyk.jpg", "progressive.jpg"}) {
      Files.copy(MADE.resolve(made), pictures.resolve(made));
    }
    BufferedImage rgb = drawn(new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB));
    write(rgb, "rgb.png", false);
    write(rgb, "rgb.jpg", false);
    write(rgb, "rgb.bmp", false);
    write(rgb, "rgb.gif", false);
    write(rgb, "interlaced.png", true);
    write(rgb, "progressive2.jpg", true);
    write(drawn(new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_GRAY)), "grey.jpg", false);
    write(drawn(new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_GRAY)), "grey.png", false);
    write(
        drawn(new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_BINARY)), "bits.png", false);
    write(
        drawn(new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_INDEXED)),
        "palette.png",
        false);
    write(sixteenBits(), "deep.png", false);
    write(
        fading(new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_ARGB)), "alpha.png", false);
    write(palette(), "alpha-palette.png", false);
  }

  private static BufferedImage drawn(BufferedImage image) {
    Graphics2D g = image.createGraphics();
    g.setColor(new Color(200, 90, 30));
    g.fillRect(0, 0, WIDTH, HEIGHT);
    g.setColor(new Color(20, 150, 220));
    g.fillOval(5, 3, 20, 15);
    g.setColor(Color.WHITE);
    g.drawLine(0, HEIGHT, WIDTH, 0);
    g.dispose();
    return image;
  }

  private static BufferedImage fading(BufferedImage image) {
    drawn(image);
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      int x = i % WIDTH;
      int y = i / WIDTH;
      image.setRGB(x, y, (6 * x + y) << 24 | (image.getRGB(x, y) & 0xFFFFFF));
    }
    return image;
  }

  private static BufferedImage sixteenBits() {
    WritableRaster raster =
        Raster.createInterleavedRaster(DataBuffer.TYPE_USHORT, WIDTH, HEIGHT, 3, new Point(0, 0));
    for (int i = 0; i < WIDTH * HEIGHT * 3; i++) {
      raster.setSample(i / 3 % WIDTH, i / 3 / WIDTH, i % 3, i * 7919 & 0xFFFF);
    }
    ComponentColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB), false, false, 1, DataBuffer.TYPE_USHORT);
    return new BufferedImage(model, raster, false, null);
  }

  private static BufferedImage palette() {
    byte[] red = {10, (byte) 200, 30, 40};
    byte[] green = {20, 100, (byte) 230, 0};
    byte[] blue = {30, 50, 7, (byte) 140};
    byte[] alpha = {(byte) 255, 60, 0, (byte) 128};
    IndexColorModel model = new IndexColorModel(2, 4, red, green, blue, alpha);
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_BINARY, model);
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      image.getRaster().setSample(i % WIDTH, i / WIDTH, 0, i % 4);
    }
    return image;
  }

  private void write(BufferedImage image, String name, boolean progressive) throws IOException {
    String format = name.substring(name.lastIndexOf('.') + 1);
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    ImageWriteParam settings = writer.getDefaultWriteParam();
    if (progressive) {
      settings.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
    }
    try (ImageOutputStream out = ImageIO.createImageOutputStream(pictures.resolve(name).toFile())) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), settings);
    } finally {
      writer.dispose();
    }
  }
}
