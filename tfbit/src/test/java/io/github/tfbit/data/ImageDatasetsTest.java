package io.github.tfbit.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.Drawn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageDatasetsTest {
  @TempDir Path dir;

  private void picture(String path) throws IOException {
    Drawn.jpeg(dir.resolve(path), 0, 1);
  }

  private List<String> ids(ImageDataset data) throws IOException {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < data.size(); i++) {
      Path p = Path.of(data.example(i).id());
      ids.add(dir.relativize(p).toString().replace('\\', '/'));
    }
    return ids;
  }

  @Test
  void ordersClassesAndPicturesByCodePoint() throws IOException {
    // U+FF5E comes before U+1F600, but after it in UTF-16 units.
    picture("\uD83D\uDE00/a.jpg");
    picture("\uFF5E/a.jpg");
    picture("b/2.JPEG");
    picture("b/10.jpg");
    picture("B/z.jpg");
    ImageDataset data = ImageDatasets.folder(dir);
    assertEquals(List.of("B", "b", "\uFF5E", "\uD83D\uDE00"), data.classes());
    assertEquals(
        List.of("B/z.jpg", "b/10.jpg", "b/2.JPEG", "\uFF5E/a.jpg", "\uD83D\uDE00/a.jpg"),
        ids(data));
    assertEquals(3, data.labels(4)[0]);
  }

  @Test
  void passesOverHiddenAndOtherFiles() throws IOException {
    picture("a/1.jpg");
    picture("a/.1.jpg");
    picture("a/.cache/2.jpg");
    picture(".hidden/1.jpg");
    picture("b/deeper/1.jpg");
    Files.writeString(dir.resolve("b/notes.txt"), "no picture");
    assertEquals(List.of("a/1.jpg", "b/deeper/1.jpg"), ids(ImageDatasets.folder(dir)));
  }

  @Test
  void refusesAnEmptyClassFolder() throws IOException {
    picture("a/1.jpg");
    Files.createDirectories(dir.resolve("b"));
    DataException e = assertThrows(DataException.class, () -> ImageDatasets.folder(dir));
    assertEquals(dir.resolve("b").toString(), e.problem().where());
    assertEquals("no picture among 0 files", e.problem().found());
  }

  @Test
  void refusesASingleClass() throws IOException {
    picture("only/1.jpg");
    DataException e = assertThrows(DataException.class, () -> ImageDatasets.folder(dir));
    assertEquals("one, only", e.problem().found());
  }

  @Test
  void refusesWhatIsNoDirectory() {
    DataException e =
        assertThrows(DataException.class, () -> ImageDatasets.folder(dir.resolve("none")));
    assertEquals("nothing", e.problem().found());
  }

  @Test
  void listsWebpToo() throws IOException {
    picture("a/1.jpg");
    picture("b/1.WEBP");
    assertEquals(2, ImageDatasets.folder(dir).size());
  }

  @Test
  void unitesTheClassesOfItsSplits() throws IOException {
    picture("train/b/1.jpg");
    picture("train/c/1.jpg");
    picture("valid/c/1.jpg");
    picture("test/b/1.jpg");
    Map<String, ImageDataset> splits = ImageDatasets.splits(dir);
    assertEquals(List.of("train", "test", "valid"), List.copyOf(splits.keySet()));
    assertEquals(List.of("b", "c"), splits.get("valid").classes());
    assertEquals(1, splits.get("valid").labels(0)[0]);
    assertEquals(List.of("test/b/1.jpg"), ids(ImageDatasets.open(dir, 0.1, 0).heldOut()));
  }

  @Test
  void refusesAHeldOutClassThatThereIsNothingToLearnFrom() throws IOException {
    picture("train/a/1.jpg");
    picture("train/b/1.jpg");
    picture("test/c/1.jpg");
    DataException e = assertThrows(DataException.class, () -> ImageDatasets.splits(dir));
    assertEquals(dir.resolve("train/c").toString(), e.problem().where());
  }

  @Test
  void holdsOutTheSameShareOfEachClass() throws IOException {
    ImageDataset data = Drawn.dataset(60, 8);
    ImageDatasets.Split split = ImageDatasets.holdOut(data, 0.1, 4);
    assertEquals(List.of(18, 18, 18), ImageDatasets.survey(split.train()).perClass());
    assertEquals(List.of(2, 2, 2), ImageDatasets.survey(split.heldOut()).perClass());
    List<String> again = new ArrayList<>();
    List<String> first = new ArrayList<>();
    ImageDatasets.Split second = ImageDatasets.holdOut(data, 0.1, 4);
    for (int i = 0; i < 6; i++) {
      first.add(split.heldOut().example(i).id());
      again.add(second.heldOut().example(i).id());
    }
    assertEquals(first, again);
  }

  @Test
  void keepsOnePictureOfEachClassToLearnFrom() throws IOException {
    ImageDatasets.Split split = ImageDatasets.holdOut(Drawn.dataset(6, 8), 0.9, 0);
    assertEquals(List.of(1, 1, 1), ImageDatasets.survey(split.train()).perClass());
  }

  @Test
  void surveysTheMedianSize() throws IOException {
    ImageDataset data =
        Drawn.dataset(
            Drawn.encode(Drawn.picture(0, 0, 10, 20), "png"),
            Drawn.encode(Drawn.picture(1, 0, 30, 40), "jpg"),
            Drawn.encode(Drawn.picture(2, 0, 500, 500), "bmp"),
            new byte[] {1, 2, 3});
    Survey survey = ImageDatasets.survey(data);
    assertEquals(4, survey.examples());
    assertEquals(List.of(2, 1, 1), survey.perClass());
    assertEquals(Optional.of(new ImageSize(30, 40)), survey.typical());
  }

  @Test
  void mapsClassesByName() throws IOException {
    ImageDataset mapped =
        ImageDatasets.withClasses(Drawn.dataset(3, 8), List.of("stripes", "x", "square", "disc"));
    assertEquals(3, mapped.labels(0)[0]);
    assertEquals(2, mapped.example(1).labels()[0]);
    DataException e =
        assertThrows(
            DataException.class,
            () -> ImageDatasets.withClasses(Drawn.dataset(3, 8), List.of("disc", "square")));
    assertTrue(e.getMessage().contains("1 others: stripes"), e.getMessage());
  }

  @Test
  void namesAFileThatIsGone() throws IOException {
    picture("a/1.jpg");
    picture("b/1.jpg");
    ImageDataset data = ImageDatasets.folder(dir);
    Files.delete(dir.resolve("b/1.jpg"));
    ImageException e = assertThrows(ImageException.class, () -> data.example(1));
    assertEquals("no such file", e.problem().found());
  }
}
