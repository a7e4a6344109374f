package io.github.tfbit.checkpoints;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryDirectoryTest {
  @TempDir Path dir;

  @Test
  void isGoneWithItsFilesWhenClosed() throws IOException {
    Path path;
    try (TemporaryDirectory directory = TemporaryDirectory.create()) {
      path = directory.path();
      Files.writeString(Files.createDirectories(path.resolve("a/b")).resolve("c"), "1");
    }
    assertFalse(Files.exists(path));
  }

  @Test
  void whatALinkPointsAtStays() throws IOException {
    Path kept = Files.writeString(dir.resolve("kept"), "1");
    try (TemporaryDirectory directory = TemporaryDirectory.create()) {
      Files.createSymbolicLink(directory.path().resolve("file"), kept);
      Files.createSymbolicLink(directory.path().resolve("folder"), dir);
    }
    assertTrue(Files.exists(kept));
  }

  @Test
  void closingTwiceIsNoError() throws IOException {
    TemporaryDirectory directory = TemporaryDirectory.create();
    directory.close();
    directory.close();
  }

  @Test
  void noTwoAreTheSame() throws IOException {
    try (TemporaryDirectory a = TemporaryDirectory.create();
        TemporaryDirectory b = TemporaryDirectory.create()) {
      assertNotEquals(a.path(), b.path());
    }
  }
}
