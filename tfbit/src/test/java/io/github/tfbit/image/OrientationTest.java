package io.github.tfbit.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.Drawn;
import io.github.tfbit.data.Example;
import io.github.tfbit.data.ImageSize;
import io.github.tfbit.data.ImageSource;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrientationTest {
  private static final int HEIGHT = 20;
  private static final int WIDTH = 30;
  private static final Decoding TURNED = new Decoding(true, Optional.empty());

  private static byte[] jpeg() {
    return Drawn.encode(Drawn.picture(1, 3, HEIGHT, WIDTH), "jpg");
  }

  private static byte[] png() {
    return Drawn.encode(Drawn.picture(1, 3, HEIGHT, WIDTH), "png");
  }

  private static float[] decode(byte[] file, Decoding decoding, ImageSize size) throws IOException {
    float[] pixels = new float[size.floats()];
    try (ImageDecoder decoder = ImageDecoder.open(decoding, 1)) {
      decoder.decode(ImageSource.of(file), size, FloatBuffer.wrap(pixels));
    }
    return pixels;
  }

  /** Where the pixel that is shown in a row and column is stored (DC-008, orientation). */
  private static int[] stored(int orientation, int row, int column) {
    return switch (orientation) {
      case 1 -> new int[] {row, column};
      case 2 -> new int[] {row, WIDTH - 1 - column};
      case 3 -> new int[] {HEIGHT - 1 - row, WIDTH - 1 - column};
      case 4 -> new int[] {HEIGHT - 1 - row, column};
      case 5 -> new int[] {column, row};
      case 6 -> new int[] {HEIGHT - 1 - column, row};
      case 7 -> new int[] {HEIGHT - 1 - column, WIDTH - 1 - row};
      default -> new int[] {column, WIDTH - 1 - row};
    };
  }

  private static float[] turned(float[] upright, int orientation) {
    boolean sideways = orientation > 4;
    int height = sideways ? WIDTH : HEIGHT;
    int width = sideways ? HEIGHT : WIDTH;
    float[] out = new float[upright.length];
    for (int i = 0; i < height * width; i++) {
      int[] at = stored(orientation, i / width, i % width);
      System.arraycopy(upright, 3 * (at[0] * WIDTH + at[1]), out, 3 * i, 3);
    }
    return out;
  }

  private static ImageSize shown(int orientation) {
    return orientation > 4 ? new ImageSize(WIDTH, HEIGHT) : new ImageSize(HEIGHT, WIDTH);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void turnsTheDecodersOwnPixels(int orientation) throws IOException {
    byte[] plain = jpeg();
    float[] upright = decode(plain, Decoding.DEFAULT, shown(1));
    byte[] exif = Orientations.jpeg(plain, Orientations.tiff(ByteOrder.LITTLE_ENDIAN, orientation));
    assertArrayEquals(turned(upright, orientation), decode(exif, TURNED, shown(orientation)));
    assertArrayEquals(upright, decode(exif, Decoding.DEFAULT, shown(1)));
  }

  @Test
  void turnsEachOfABatchItsOwnWay() throws IOException {
    byte[] plain = jpeg();
    byte[] exif = Orientations.jpeg(plain, Orientations.tiff(ByteOrder.BIG_ENDIAN, 6));
    int side = 24;
    try (BatchDecoder decoder = BatchDecoder.open(TURNED, Augmentation.none(side), 1, 1)) {
      List<Example> both =
          List.of(
              new Example("plain", plain, new int[] {0}), new Example("exif", exif, new int[] {0}));
      try (BatchDecoder.Decoded batch = decoder.decode(both, new long[] {0, 1})) {
        float[] seen = new float[2 * 3 * side * side];
        batch.images().asRawTensor().data().asFloats().read(seen);
        float[] expected = new float[seen.length];
        System.arraycopy(
            decode(plain, TURNED, ImageSize.square(side)), 0, expected, 0, seen.length / 2);
        System.arraycopy(
            decode(exif, TURNED, ImageSize.square(side)),
            0,
            expected,
            seen.length / 2,
            seen.length / 2);
        assertArrayEquals(expected, seen);
      }
    }
  }

  @Test
  void readsBothByteOrdersAndEveryFormat() throws IOException {
    assertEquals(
        8, Orientation.of(Orientations.jpeg(jpeg(), Orientations.tiff(ByteOrder.BIG_ENDIAN, 8))));
    assertEquals(
        3,
        Orientation.of(Orientations.jpeg(jpeg(), Orientations.tiff(ByteOrder.LITTLE_ENDIAN, 3))));
    assertEquals(
        5, Orientation.of(Orientations.png(png(), Orientations.tiff(ByteOrder.BIG_ENDIAN, 5))));
    assertEquals(6, Orientation.of(MadePictures.read("exif6.webp")));
  }

  @Test
  void takesWhatIsMissingOrOutOfRangeForUpright() {
    assertEquals(1, Orientation.of(jpeg()));
    assertEquals(1, Orientation.of(new byte[0]));
    for (int wrong : new int[] {0, 9, 65_535}) {
      byte[] tiff = Orientations.tiff(ByteOrder.LITTLE_ENDIAN, wrong);
      assertEquals(1, Orientation.of(Orientations.jpeg(jpeg(), tiff)));
    }
  }

  @Test
  void survivesAnyDamage() throws IOException {
    byte[] tiff = Orientations.tiff(ByteOrder.BIG_ENDIAN, 6);
    List<byte[]> files =
        List.of(
            Orientations.jpeg(jpeg(), tiff),
            Orientations.png(png(), tiff),
            MadePictures.read("exif6.webp"));
    Random random = new Random(5);
    for (int i = 0; i < 3000; i++) {
      byte[] damaged = files.get(i % 3).clone();
      for (int n = random.nextInt(8); n >= 0; n--) {
        damaged[random.nextInt(Math.min(damaged.length, 110))] = (byte) random.nextInt();
      }
      int orientation = Orientation.of(damaged);
      assertTrue(orientation >= 1 && orientation <= 8, "of mutation " + i + ": " + orientation);
    }
  }
}
