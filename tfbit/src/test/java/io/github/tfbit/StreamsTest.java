package io.github.tfbit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.tfbit.converters.Architecture;
import io.github.tfbit.converters.testing.SeededCheckpoint;
import io.github.tfbit.data.ImageException;
import io.github.tfbit.data.ImageSize;
import io.github.tfbit.data.ImageSource;
import io.github.tfbit.graph.Endpoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Several micro-batches at a time change nothing but the time. */
class StreamsTest {
  private static final Architecture TINY = new Architecture(List.of(1, 1, 1, 1), 8, 4);
  private static final ImageSize SIZE = new ImageSize(40, 56);

  private static BitModel open(int streams) throws IOException {
    return BitModel.builder(SeededCheckpoint.of(TINY, 7, 3)).size(SIZE).streams(streams).build();
  }

  private static List<ImageSource> pictures(int n) {
    List<ImageSource> pictures = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      pictures.add(ImageSource.of(Drawings.jpeg(i, 90, 61)));
    }
    return pictures;
  }

  @Test
  void rowsComeInOrder() throws IOException {
    List<ImageSource> pictures = pictures(70);
    try (BitModel one = open(1);
        BitModel three = open(3)) {
      float[][] expected = one.features(pictures);
      float[][] found = three.features(pictures);
      assertEquals(expected.length, found.length);
      for (int i = 0; i < expected.length; i++) {
        assertArrayEquals(expected[i], found[i], 1e-5f);
      }
    }
  }

  @Test
  void badPicturesFailAloneOrAltogether() throws IOException {
    List<ImageSource> pictures = pictures(40);
    pictures.set(17, ImageSource.named("shoe.jpg", new byte[] {1, 2, 3}));
    try (BitModel three = open(3)) {
      List<Prediction> answers = three.classify(pictures);
      assertEquals(40, answers.size());
      for (int i = 0; i < answers.size(); i++) {
        assertEquals(i == 17, answers.get(i) instanceof Prediction.Refused);
      }
      assertThrows(ImageException.class, () -> three.features(pictures)); // others are under way
      assertEquals(40, three.classify(pictures).size());
    }
  }

  @Test
  void pixelsAreSharedOutToo() throws IOException {
    float[] pixels = new float[5 * SIZE.floats()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) Math.sin(i);
    }
    try (BitModel one = open(1);
        BitModel three = open(3)) {
      assertArrayEquals(
          one.features(Endpoint.PRE_LOGITS, pixels, SIZE).values(),
          three.features(Endpoint.PRE_LOGITS, pixels, SIZE).values(),
          1e-5f);
    }
  }

  @Test
  void noStreamIsRefused() {
    BitModel.Builder builder = BitModel.builder(SeededCheckpoint.of(TINY, 7, 3));
    assertThrows(IllegalArgumentException.class, () -> builder.streams(0));
  }

  @Test
  void fewPicturesLeaveNoStreamIdle() {
    Architecture r50 = Architecture.named("R50x1");
    ImageSize side = ImageSize.square(224);
    assertEquals(4, MicroBatch.of(r50, side, 8, 2));
    assertEquals(2, MicroBatch.of(r50, side, 3, 2));
    assertEquals(8, MicroBatch.of(r50, side, 1000, 2));
    assertEquals(8, MicroBatch.of(r50, side, 8, 1));
    assertEquals(1, MicroBatch.of(r50, side, 0, 2));
  }
}
