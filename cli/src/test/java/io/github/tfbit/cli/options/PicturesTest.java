package io.github.tfbit.cli.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.tfbit.cli.console.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PicturesTest {
  @TempDir private Path dir;

  private Path touch(String name) throws Exception {
    Path file = dir.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.createFile(file);
  }

  @Test
  void listsFoldersByCodePointOfThePathAndPassesOverTheRest() throws Exception {
    Path lower = touch("a/x.jpg");
    Path upper = touch("a/Z.JPEG");
    Path deeper = touch("a/b/c.PNG");
    touch("a/.hidden.png");
    touch("a/.cache/y.png");
    touch("a/notes.txt");
    assertEquals(List.of(upper, deeper, lower), Pictures.list(List.of(dir.resolve("a"))));
  }

  @Test
  void takesFilesAsTheyAreInTheOrderGiven() throws Exception {
    Path odd = touch("odd.dat");
    Path missing = dir.resolve("missing.jpg");
    assertEquals(List.of(missing, odd), Pictures.list(List.of(missing, odd)));
  }

  @Test
  void refusesFolderWithoutPictures() throws Exception {
    Path folder = touch("empty/notes.txt").getParent();
    Failure e = assertThrows(Failure.class, () -> Pictures.list(List.of(folder)));
    assertEquals(folder.toString(), e.problem().where());
  }
}
