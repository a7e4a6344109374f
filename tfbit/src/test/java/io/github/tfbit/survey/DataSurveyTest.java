package io.github.tfbit.survey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.Drawn;
import io.github.tfbit.data.Example;
import io.github.tfbit.data.ImageDataset;
import io.github.tfbit.data.ImageSize;
import io.github.tfbit.image.PictureKind;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DataSurveyTest {
  private static byte[] drawn(int height, int width, String format) {
    return Drawn.encode(Drawn.picture(0, 1, height, width), format);
  }

  private static SplitSurvey survey(byte[]... files) throws IOException {
    return DataSurvey.of(Map.of("all", Drawn.dataset(files)), 2, n -> {}).splits().get("all");
  }

  @Test
  void countsFormatsAndSizes() throws IOException {
    SplitSurvey found =
        survey(
            drawn(40, 50, "png"),
            drawn(20, 90, "jpg"),
            drawn(100, 60, "gif"),
            drawn(70, 70, "bmp"),
            drawn(64, 33, "jpg"));
    assertEquals(
        Map.of(PictureKind.PNG, 1, PictureKind.JPEG, 2, PictureKind.GIF, 1, PictureKind.BMP, 1),
        found.kinds());
    SizeRange sizes = found.sizes().orElseThrow();
    assertEquals(new ImageSize(20, 90), sizes.smallest());
    assertEquals(new ImageSize(64, 33), sizes.median());
    assertEquals(new ImageSize(100, 60), sizes.largest());
    assertEquals(Map.of(Finding.TINY, 1), found.findings());
    assertEquals(List.of(2, 2, 1), found.perClass());
  }

  @Test
  void countsWhatDeservesASecondLook() throws IOException {
    BufferedImage transparent = new BufferedImage(40, 40, BufferedImage.TYPE_INT_ARGB);
    BufferedImage deep = new BufferedImage(40, 40, BufferedImage.TYPE_USHORT_GRAY);
    SplitSurvey found =
        survey(
            Drawn.encode(transparent, "png"),
            Drawn.encode(deep, "png"),
            "no picture".getBytes(java.nio.charset.StandardCharsets.US_ASCII),
            new byte[0]);
    assertEquals(
        Map.of(
            Finding.TRANSPARENT,
            1,
            Finding.GREY,
            1,
            Finding.SIXTEEN_BITS,
            1,
            Finding.UNREADABLE,
            2),
        found.findings());
    assertEquals(2, found.kinds().get(PictureKind.OTHER));
  }

  @Test
  void looksFurtherWhereTheSizeLiesBehindAPreview() throws IOException {
    byte[] plain = drawn(40, 50, "jpg");
    byte[] preview = new byte[60_000];
    byte[] file = new byte[plain.length + 4 + preview.length];
    System.arraycopy(plain, 0, file, 0, 2);
    file[2] = (byte) 0xFF;
    file[3] = (byte) 0xE2;
    file[4] = (byte) ((preview.length + 2) >> 8);
    file[5] = (byte) (preview.length + 2);
    System.arraycopy(plain, 2, file, 6 + preview.length, plain.length - 2);
    assertEquals(new ImageSize(40, 50), survey(file).sizes().orElseThrow().median());
  }

  @Test
  void readsHeadersAloneInAnyOrder() throws IOException {
    byte[] one = drawn(40, 50, "png");
    ImageDataset many =
        new ImageDataset() {
          @Override
          public List<String> classes() {
            return Drawn.CLASSES;
          }

          @Override
          public int size() {
            return 100_000;
          }

          @Override
          public Example example(int index) {
            throw new AssertionError("read whole");
          }

          @Override
          public byte[] header(int index, int most) {
            return one;
          }

          @Override
          public int[] labels(int index) {
            return new int[] {index % 3};
          }
        };
    AtomicLong read = new AtomicLong();
    DataSurvey survey = DataSurvey.of(Map.of("train", many), 3, read::addAndGet);
    assertEquals(100_000, read.get());
    assertEquals(List.of(33_334, 33_333, 33_333), survey.splits().get("train").perClass());
  }

  @Test
  void namesClassesThatOnePartLacks() throws IOException {
    ImageDataset three =
        Drawn.dataset(drawn(40, 50, "png"), drawn(40, 50, "png"), drawn(40, 50, "png"));
    ImageDataset one = Drawn.dataset(drawn(40, 50, "png"));
    DataSurvey survey = DataSurvey.of(Map.of("train", three, "test", one), 1, n -> {});
    assertEquals(List.of("square", "stripes"), survey.missing("train", "test"));
    assertEquals(List.of(), survey.missing("test", "train"));
    assertEquals(1, survey.imbalance("train").orElseThrow());
    assertTrue(survey.missing("train", "none").isEmpty());
  }
}
