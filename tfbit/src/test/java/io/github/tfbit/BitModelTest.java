package io.github.tfbit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.converters.Activation;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.converters.testing.SeededCheckpoint;
import io.github.tfbit.converters.testing.SeededTensors;
import io.github.tfbit.data.ImageException;
import io.github.tfbit.data.ImageSize;
import io.github.tfbit.data.ImageSource;
import io.github.tfbit.graph.Endpoint;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BitModelTest {
  private static final Architecture TINY = new Architecture(List.of(1, 1, 1, 1), 8, 4);
  private static final int CLASSES = 7;
  private static final Labels LABELS =
      Labels.of(List.of("ant", "bee", "cat", "dog", "eel", "fox", "gnu"));

  private static BitModel model;

  @BeforeAll
  static void open() throws IOException {
    model = builder().build();
  }

  @AfterAll
  static void close() {
    model.close();
  }

  private static BitModel.Builder builder() {
    return BitModel.builder(SeededCheckpoint.of(TINY, CLASSES, 3))
        .labels(LABELS)
        .size(new ImageSize(40, 56));
  }

  private static ImageSource picture(long seed) {
    return ImageSource.of(Drawings.jpeg(seed, 90, 61));
  }

  private static ImageSource notAPicture() {
    return ImageSource.named("shoe.jpg", "this is no picture".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void readsArchitectureAndHeadFromTheWeights() {
    assertEquals(TINY, model.architecture());
    assertEquals(CLASSES, model.head().orElseThrow().classes());
    assertEquals(Activation.SOFTMAX, model.head().orElseThrow().activation());
  }

  @Test
  void namesTheBestClassesInOrder() throws IOException {
    List<Prediction.Score> top = model.classify(picture(1)).top();
    assertEquals(BitModel.DEFAULT_TOP, top.size());
    for (int i = 1; i < top.size(); i++) {
      assertTrue(top.get(i - 1).logit() >= top.get(i).logit());
    }
    assertEquals(LABELS.name(top.get(0).index()), top.get(0).label());
  }

  @Test
  void softmaxProbabilitiesOfAllClassesSumToOne() throws IOException {
    try (BitModel all = builder().top(100).build()) {
      List<Prediction.Score> top = all.classify(picture(1)).top();
      assertEquals(CLASSES, top.size());
      assertEquals(1, top.stream().mapToDouble(Prediction.Score::probability).sum(), 1e-12);
    }
  }

  @Test
  void sigmoidJudgesEachClassOnItsOwn() throws IOException {
    try (BitModel sigmoid = builder().activation(Activation.SIGMOID).build()) {
      for (Prediction.Score s : sigmoid.classify(picture(1)).top()) {
        assertEquals(1 / (1 + Math.exp(-s.logit())), s.probability(), 1e-12);
      }
    }
  }

  @Test
  void pathsBytesAndPixelsGiveTheSameAnswer(@TempDir Path dir) throws IOException {
    BufferedImage image = Drawings.ovals(5, 77, 50);
    byte[] png = Drawings.encoded(image, "png");
    Path file = Files.write(dir.resolve("p.png"), png);
    Prediction.Ranked fromFile = model.classify(ImageSource.of(file));
    assertEquals(fromFile, model.classify(ImageSource.of(png)));
    assertEquals(fromFile, model.classify(ImageSource.of(image)));
  }

  @Test
  void anImageThatIsNoneIsNamedInTheError() {
    ImageException e = assertThrows(ImageException.class, () -> model.classify(notAPicture()));
    assertTrue(e.getMessage().contains("shoe.jpg"), e.getMessage());
  }

  @Test
  void aBadPictureRefusesItselfAndChangesNoOther() throws IOException {
    List<ImageSource> good = new ArrayList<>();
    for (int i = 0; i < 37; i++) {
      good.add(picture(i));
    }
    List<ImageSource> mixed = new ArrayList<>(good);
    mixed.set(3, notAPicture());
    List<Prediction> expected = model.classify(good);
    List<Prediction> answers = model.classify(mixed);
    Prediction.Refused refused = assertInstanceOf(Prediction.Refused.class, answers.get(3));
    assertTrue(refused.why().contains("shoe.jpg"), refused.why());
    expected.set(3, refused);
    assertEquals(expected, answers);
  }

  @Test
  void answersWhenEveryPictureIsBad() throws IOException {
    List<Prediction> answers = model.classify(List.of(notAPicture(), notAPicture()));
    assertEquals(2, answers.size());
    assertTrue(answers.stream().allMatch(p -> p instanceof Prediction.Refused));
  }

  @Test
  void anEmptyListGetsNoAnswers() throws IOException {
    assertEquals(List.of(), model.classify(List.of()));
  }

  @Test
  void theSameListTwiceGivesTheSameBits() throws IOException {
    List<ImageSource> pictures = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      pictures.add(picture(i));
    }
    float[][] first = model.features(pictures);
    float[][] second = model.features(pictures);
    assertEquals(40, first.length);
    for (int i = 0; i < first.length; i++) {
      assertArrayEquals(first[i], second[i]);
    }
  }

  @Test
  void aListCutAtAMultipleOfTheMicroBatchGivesTheSameBits() throws IOException {
    List<ImageSource> pictures = new ArrayList<>();
    for (int i = 0; i < model.microBatch() + 5; i++) {
      pictures.add(picture(i));
    }
    float[][] whole = model.features(pictures);
    float[][] tail = model.features(pictures.subList(model.microBatch(), pictures.size()));
    assertArrayEquals(whole[model.microBatch()], tail[0]);
  }

  @Test
  void featuresHaveTheLengthOfThePreLogits() throws IOException {
    FeatureMap map = model.features(Endpoint.PRE_LOGITS, picture(2));
    assertEquals(List.of(1, TINY.features()), map.shape());
    assertArrayEquals(map.values(), model.features(List.of(picture(2)))[0]);
  }

  @Test
  void blocksAreMapsOfTheirStride() throws IOException {
    FeatureMap map = model.features(Endpoint.BLOCK2, List.of(picture(2), picture(3)));
    assertEquals(List.of(2, 5, 7, 64), map.shape());
    assertEquals(map.values()[map.values().length - 1], map.at(1, 4, 6, 63));
  }

  @Test
  void pixelsAreTakenAsTheyAreInAnySize() {
    ImageSize size = new ImageSize(33, 47);
    float[] pixels = SeededTensors.images(9, 3, 33, 47, 3);
    FeatureMap all = model.features(Endpoint.LOGITS, pixels, size);
    assertEquals(List.of(3, CLASSES), all.shape());
  }

  @Test
  void pixelsOfAFractionOfAPictureAreRefused() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> model.features(Endpoint.LOGITS, new float[100], new ImageSize(4, 5)));
    assertTrue(e.getMessage().contains("60") && e.getMessage().contains("100"), e.getMessage());
  }

  @Test
  void withoutAHeadThereAreFeaturesButNoClasses() throws IOException {
    try (BitModel headless =
        BitModel.builder(SeededCheckpoint.of(TINY, 0, 3)).size(ImageSize.square(32)).build()) {
      assertEquals(TINY.features(), headless.features(List.of(picture(1)))[0].length);
      assertThrows(IllegalStateException.class, () -> headless.classify(picture(1)));
    }
  }

  @Test
  void callsAfterCloseFail() throws IOException {
    BitModel closed = builder().build();
    closed.close();
    closed.close();
    assertThrows(IllegalStateException.class, () -> closed.classify(picture(1)));
    assertThrows(IllegalStateException.class, closed::graph);
  }

  @Test
  void labelsThatAreTooFewAreRefused() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> builder().labels(Labels.of(List.of("one", "two"))).build());
    assertEquals("expected a label for each of 7 classes, found 2", e.getMessage());
  }
}
