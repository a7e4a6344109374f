package io.github.tfbit.image;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.data.ImageException;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * WebP decoded in Java, of an animation the first frame, and handed over as BMP, which holds the
 * same pixels and costs no compression. The colours of lossy files differ from libwebp's by 1 to 2
 * levels in the mean, because it interpolates chroma otherwise; lossless ones are the same.
 */
final class WebpFile {
  private static final int BMP_HEADER = 54;
  private static final int BMP_INFO = 40;
  private static final int COLOURS = 3;
  private static final int GREY_BANDS = 2;

  private WebpFile() {}

  /**
   * Decodes a picture.
   *
   * @param name of the picture in messages
   * @param file a WebP's bytes, of at most {@link ImageDecoder#MAX_PIXELS}
   * @param alpha whether alpha is kept, where there is some
   * @return a BMP of 24 or, with alpha, 32 bits a pixel
   * @throws ImageException if it cannot be decoded
   */
  static byte[] toBmp(String name, byte[] file, boolean alpha) throws ImageException {
    if (!WebpHeader.of(file).whole()) {
      throw refused(name, "a WebP or other RIFF file of " + file.length + " bytes, cut off", null);
    }
    ImageReader reader;
    try (ImageInputStream in = new WebpStream(file)) {
      reader = new WebPImageReaderSpi().createReaderInstance(null);
      try {
        reader.setInput(in, true, true);
        return bmp(reader.read(0), alpha);
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException e) {
      throw refused(name, "a WebP that cannot be decoded: " + e, e);
    }
  }

  private static ImageException refused(String name, String found, Exception cause) {
    return new ImageException(
        new Problem(
            "a whole JPEG, PNG, GIF, BMP or WebP picture",
            found,
            name,
            "replace the file or take it out of the data"),
        cause);
  }

  /** Rows from the bottom up, each filled to four bytes; blue, green, red and alpha. */
  private static byte[] bmp(BufferedImage image, boolean alpha) {
    Raster pixels = image.getRaster();
    int bands = pixels.getNumBands();
    int channels = alpha && bands > COLOURS ? COLOURS + 1 : COLOURS;
    int width = image.getWidth();
    int height = image.getHeight();
    int stride = (width * channels + 3) / 4 * 4;
    byte[] bmp = new byte[Math.addExact(BMP_HEADER, Math.multiplyExact(stride, height))];
    header(ByteBuffer.wrap(bmp).order(ByteOrder.LITTLE_ENDIAN), width, height, channels);
    int[] row = new int[width * bands];
    for (int y = height - 1, at = BMP_HEADER; y >= 0; y--, at += stride) {
      pixels.getPixels(0, y, width, 1, row);
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < COLOURS; c++) {
          int band = bands <= GREY_BANDS ? 0 : COLOURS - 1 - c;
          bmp[at + x * channels + c] = (byte) row[x * bands + band];
        }
        if (channels > COLOURS) {
          bmp[at + x * channels + COLOURS] = (byte) row[x * bands + COLOURS];
        }
      }
    }
    return bmp;
  }

  /** BITMAPFILEHEADER and BITMAPINFOHEADER. */
  private static void header(ByteBuffer b, int width, int height, int channels) {
    b.put((byte) 'B').put((byte) 'M').putInt(b.limit()).putInt(0).putInt(BMP_HEADER);
    b.putInt(BMP_INFO).putInt(width).putInt(height);
    b.putShort((short) 1).putShort((short) (channels * Byte.SIZE));
  }
}
