package io.github.tfbit.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.Drawn;
import io.github.tfbit.converters.Activation;
import io.github.tfbit.data.ImageDataset;
import io.github.tfbit.data.ImageException;
import io.github.tfbit.graph.Tensors;
import io.github.tfbit.image.Augmentation;
import io.github.tfbit.image.BatchDecoder;
import io.github.tfbit.image.Decoding;
import io.github.tfbit.image.Flip;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InputPipelineTest {
  private static final Augmentation CROPPED = new Augmentation(12, 9, Flip.HORIZONTAL);
  private static final int BATCH = 6;

  /** What one part was. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Part(float[] images, float[] labels, boolean last) {}

  private static List<Part> parts(ImageDataset data, int first, int micro, Optional<MixUp> mixUp)
      throws Exception {
    PictureOrder order = new PictureOrder.Shuffled(data.size(), BATCH, 4, 9);
    InputPipeline.Cut cut = new InputPipeline.Cut(order, micro, mixUp);
    List<Part> parts = new ArrayList<>();
    try (BatchDecoder decoder = BatchDecoder.open(Decoding.DEFAULT, CROPPED, 9, 1);
        InputPipeline pipeline =
            InputPipeline.start(data, decoder, Activation.SOFTMAX, cut, first, 2)) {
      for (var next = pipeline.next(); next.isPresent(); next = pipeline.next()) {
        try (MicroBatch m = next.get()) {
          parts.add(new Part(Tensors.floats(m.inputs()), Tensors.floats(m.labels()), m.last()));
        }
      }
    }
    return parts;
  }

  @Test
  void startsAtAnyStepWithTheSameBytes() throws Exception {
    ImageDataset data = Drawn.dataset(10, 14);
    List<Part> all = parts(data, 0, BATCH, Optional.empty());
    List<Part> late = parts(data, 2, BATCH, Optional.empty());
    assertEquals(4, all.size());
    assertEquals(2, late.size());
    assertArrayEquals(all.get(2).images(), late.get(0).images());
    assertArrayEquals(all.get(3).labels(), late.get(1).labels());
  }

  @Test
  void mixesAcrossPartsAsTheWholeBatch() throws Exception {
    ImageDataset data = Drawn.dataset(10, 14);
    Optional<MixUp> mixUp = Optional.of(new MixUp(0.8, 9));
    List<Part> whole = parts(data, 0, BATCH, mixUp);
    for (int micro : new int[] {1, 2, 3}) {
      List<Part> cut = parts(data, 0, micro, mixUp);
      int k = BATCH / micro;
      for (int nth = 0; nth < cut.size(); nth++) {
        int at = nth % k % 2 == 0 ? nth % k / 2 : k - 1 - nth % k / 2;
        Part step = whole.get(nth / k);
        assertArrayEquals(slice(step.images(), at, k), cut.get(nth).images());
        assertArrayEquals(slice(step.labels(), at, k), cut.get(nth).labels());
        assertEquals(nth % k == k - 1, cut.get(nth).last());
      }
    }
  }

  private static float[] slice(float[] whole, int at, int parts) {
    int n = whole.length / parts;
    return Arrays.copyOfRange(whole, at * n, (at + 1) * n);
  }

  @Test
  void mixesWithTheReversedBatch() throws Exception {
    ImageDataset data = Drawn.dataset(10, 14);
    float[] plain = parts(data, 0, BATCH, Optional.empty()).get(1).images();
    MixUp mixUp = new MixUp(0.8, 9);
    float[] mixed = parts(data, 0, BATCH, Optional.of(mixUp)).get(1).images();
    float lambda = (float) mixUp.lambda(1);
    int row = plain.length / BATCH;
    for (int i = 0; i < BATCH; i++) {
      for (int p = 0; p < row; p++) {
        float own = lambda * plain[i * row + p];
        float other = (1 - lambda) * plain[(BATCH - 1 - i) * row + p];
        assertEquals(own + other, mixed[i * row + p]);
      }
    }
  }

  @Test
  void showsEveryPictureOnceAnEpochAcrossBatchBorders() {
    PictureOrder order = new PictureOrder.Shuffled(10, 4, 5, 1);
    int[] seen = new int[20];
    for (int step = 0; step < 5; step++) {
      System.arraycopy(order.sources(step), 0, seen, 4 * step, 4);
    }
    int[] first = Arrays.copyOf(seen, 10);
    int[] second = Arrays.copyOfRange(seen, 10, 20);
    assertFalse(Arrays.equals(first, second));
    Arrays.sort(first);
    Arrays.sort(second);
    assertArrayEquals(new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, first);
    assertArrayEquals(first, second);
  }

  @Test
  void augmentsARepeatedPictureAnew() throws Exception {
    ImageDataset one = Drawn.dataset(1, 40);
    float[] images = parts(one, 0, BATCH, Optional.empty()).get(0).images();
    List<String> different = new ArrayList<>();
    for (int i = 0; i < BATCH; i++) {
      String pixels = Arrays.toString(slice(images, i, BATCH));
      if (!different.contains(pixels)) {
        different.add(pixels);
      }
    }
    assertTrue(different.size() > 2, () -> different.size() + " of 6 differ");
  }

  @Test
  void endsWithTheNameOfThePictureThatIsNone() {
    byte[] good = Drawn.encode(Drawn.picture(0, 0, 9, 9), "png");
    ImageDataset data = Drawn.dataset(good, good, new byte[] {1}, good);
    ImageException e =
        assertThrows(ImageException.class, () -> parts(data, 0, 2, Optional.empty()));
    assertEquals("picture 2", e.problem().where());
  }

  @Test
  void drawsLambdaFromBeta() {
    // Beta(a, a) has mean 1/2 and variance 1 / (4 (2a + 1)); 20,000 draws, 5 standard errors.
    for (double alpha : new double[] {0.1, 0.4, 1, 3}) {
      MixUp mixUp = new MixUp(alpha, 0);
      double sum = 0;
      double squares = 0;
      int n = 20_000;
      for (int step = 0; step < n; step++) {
        double l = mixUp.lambda(step);
        assertTrue(l >= 0 && l <= 1, () -> "lambda " + l);
        sum += l;
        squares += (l - 0.5) * (l - 0.5);
      }
      double variance = 1 / (4 * (2 * alpha + 1));
      assertEquals(0.5, sum / n, 5 * Math.sqrt(variance / n), "mean at " + alpha);
      assertEquals(variance, squares / n, 5 * variance / Math.sqrt(n), "variance at " + alpha);
    }
    assertEquals(new MixUp(0.1, 3).lambda(7), new MixUp(0.1, 3).lambda(7));
  }
}
