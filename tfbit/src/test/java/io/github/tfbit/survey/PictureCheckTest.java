package io.github.tfbit.survey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.Drawn;
import io.github.tfbit.data.DataException;
import io.github.tfbit.data.ImageDataset;
import io.github.tfbit.data.ImageDatasets;
import io.github.tfbit.image.Decoding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureCheckTest {
  @TempDir Path dir;

  private Path data() {
    return dir.resolve("data");
  }

  private Path cache() {
    return dir.resolve("cache").resolve("a.txt");
  }

  private Map<String, ImageDataset> splits() throws IOException {
    return new LinkedHashMap<>(ImageDatasets.splits(data()));
  }

  private CheckResult check() throws IOException {
    PictureCheck.Settings settings =
        new PictureCheck.Settings(Decoding.DEFAULT, Optional.of(cache()), 2);
    return PictureCheck.of(splits(), settings, n -> {});
  }

  private Path draw(String file, int label, int number) throws IOException {
    return Drawn.jpeg(data().resolve(file), label, number);
  }

  private void drawFour() throws IOException {
    draw("train/a/1.jpg", 0, 1);
    draw("train/a/2.jpg", 0, 2);
    draw("train/b/3.jpg", 1, 3);
    draw("test/a/4.jpg", 0, 4);
  }

  @Test
  void namesEveryBadPictureAtOnce() throws IOException {
    drawFour();
    Path cut = draw("train/b/5.jpg", 1, 5);
    Files.write(cut, java.util.Arrays.copyOf(Files.readAllBytes(cut), 400));
    Path text = Files.writeString(data().resolve("test/a/6.png"), "Dear diary");
    CheckResult result = check();
    assertEquals(6, result.pictures());
    assertEquals(
        List.of(cut.toString(), text.toString()),
        result.bad().stream().map(b -> b.problem().where()).toList());
    DataException e = assertThrows(DataException.class, result::requireGood);
    assertTrue(e.getMessage().contains("2 that cannot be:"), e.getMessage());
    assertTrue(e.getMessage().contains(text + ": 10 bytes that start with \"Dear diary\""));
  }

  @Test
  void goesOnWithoutThem() throws IOException {
    drawFour();
    Files.writeString(data().resolve("train/a/1.jpg"), "x");
    ImageDataset train = splits().get("train");
    ImageDataset good = check().good("train", train);
    assertEquals(2, good.size());
    assertEquals(train.example(1).id(), good.example(0).id());
    assertEquals(1, check().good("test", splits().get("test")).size());
  }

  @Test
  void refusesAClassThatIsLeftEmpty() throws IOException {
    drawFour();
    Files.writeString(data().resolve("train/b/3.jpg"), "x");
    CheckResult result = check();
    ImageDataset train = splits().get("train");
    DataException e = assertThrows(DataException.class, () -> result.good("train", train));
    assertEquals("none of the 1 of class b", e.problem().found());
  }

  @Test
  void findsTheSameBytesInTwoPartsAndUnderTwoLabels() throws IOException {
    drawFour();
    Files.copy(data().resolve("train/a/1.jpg"), data().resolve("test/a/7.jpg"));
    Files.copy(data().resolve("train/a/2.jpg"), data().resolve("train/b/8.jpg"));
    Files.copy(data().resolve("train/a/2.jpg"), data().resolve("train/a/9.jpg"));
    List<SamePicture> same = check().same();
    assertEquals(2, same.size());
    assertTrue(
        same.contains(new SamePicture("train", "train/a/1.jpg", "test", "test/a/7.jpg")),
        same + "");
    assertTrue(
        same.contains(new SamePicture("train", "train/a/2.jpg", "train", "train/b/8.jpg")),
        same + "");
  }

  @Test
  void remembersWhatWasGoodUntilItChanges() throws IOException {
    drawFour();
    assertEquals(0, check().remembered());
    assertEquals(4, check().remembered());
    Path changed = draw("train/a/2.jpg", 2, 77);
    Files.setLastModifiedTime(changed, FileTime.fromMillis(1_000));
    Files.writeString(data().resolve("train/b/new.jpg"), "x");
    CheckResult result = check();
    assertEquals(3, result.remembered());
    assertEquals(1, result.bad().size());
    assertEquals(4, check().remembered());
    assertEquals(1, check().bad().size());
  }

  @Test
  void readsAgainWhatADamagedCacheDoesNotSay() throws IOException {
    drawFour();
    check();
    List<String> lines = Files.readAllLines(cache());
    Files.write(
        cache(),
        List.of(
            lines.get(0),
            "",
            "nonsense",
            lines.get(1).replaceFirst("\t\\d+", "\t-5"),
            lines.get(2)));
    assertEquals(1, check().remembered());
    Files.write(cache(), new byte[] {(byte) 0xFF, 0, 13});
    assertEquals(0, check().remembered());
    assertEquals(4, check().remembered());
  }
}
