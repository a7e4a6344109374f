package io.github.tfbit.image;

import io.github.tfbit.data.ImageSize;
import io.github.tfbit.data.ImageSource;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Small copies of pictures for people to look at, as the model's decoder sees them. */
public final class Thumbnail {
  /** The decoder looks at four pixels for each of its own, so it is asked for more and averaged. */
  private static final int MOST_SAMPLES = 8;

  private static final int FIRST_TURNED = 5;
  private static final int CHANNELS = 3;
  private static final float TO_BYTE = 127.5f;

  private Thumbnail() {}

  /**
   * Makes a small picture.
   *
   * @param decoder that the model's pictures go through
   * @param source the picture
   * @param side of the square that it has to fit into, in pixels; smaller ones keep their size
   * @return a JPEG file
   * @throws io.github.tfbit.data.ImageException if it is no picture
   * @throws IOException if it cannot be read
   */
  public static byte[] jpeg(ImageDecoder decoder, ImageSource source, int side) throws IOException {
    byte[] bytes = source.encoded();
    PictureSize stored = PictureSize.of(bytes);
    boolean turned = decoder.decoding().exif() && Orientation.of(bytes) >= FIRST_TURNED;
    double width = Math.max(1, turned ? stored.height() : stored.width());
    double height = Math.max(1, turned ? stored.width() : stored.height());
    double scale = Math.min(1, side / Math.max(width, height));
    int w = (int) Math.max(1, Math.round(width * scale));
    int h = (int) Math.max(1, Math.round(height * scale));
    int samples = (int) Math.min(MOST_SAMPLES, Math.ceil(1 / scale));
    ImageSize size = new ImageSize(h * samples, w * samples);
    FloatBuffer pixels = FloatBuffer.allocate(size.floats());
    decoder.decode(ImageSource.named(source.name(), bytes), size, pixels);
    return encode(average(pixels.array(), w, h, samples));
  }

  private static BufferedImage average(float[] pixels, int w, int h, int samples) {
    BufferedImage image = new BufferedImage(w, h, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < w; x++) {
        int rgb = 0;
        for (int c = 0; c < CHANNELS; c++) {
          float sum = 0;
          for (int k = 0; k < samples * samples; k++) {
            int row = y * samples + k / samples;
            int column = x * samples + k % samples;
            sum += pixels[(row * w * samples + column) * CHANNELS + c];
          }
          float value = (sum / (samples * samples) + 1) * TO_BYTE;
          rgb = rgb << Byte.SIZE | Math.min(0xff, Math.max(0, Math.round(value)));
        }
        image.setRGB(x, y, rgb);
      }
    }
    return image;
  }

  private static byte[] encode(BufferedImage image) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(image);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
