package io.github.tfbit.checkpoints;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTreeTest {
  @TempDir Path dir;

  @Test
  void deletesADirectoryWithAllThatIsInIt() throws IOException {
    Path root = dir.resolve("root");
    Files.writeString(Files.createDirectories(root.resolve("a/b")).resolve("f"), "x");
    FileTree.delete(root);
    assertFalse(Files.exists(root));
  }

  @Test
  void deletesALinkAndNotWhatItNames() throws IOException {
    Path kept = Files.writeString(Files.createDirectory(dir.resolve("other")).resolve("f"), "x");
    Path root = Files.createDirectory(dir.resolve("root"));
    Files.createSymbolicLink(root.resolve("link"), kept.getParent());
    FileTree.delete(root);
    assertFalse(Files.exists(root));
    assertTrue(Files.exists(kept));
  }

  @Test
  void whatIsNotThereNeedsNoDeleting() throws IOException {
    FileTree.delete(dir.resolve("absent"));
    assertTrue(Files.exists(dir));
  }
}
