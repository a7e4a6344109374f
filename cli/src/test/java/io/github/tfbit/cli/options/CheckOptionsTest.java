package io.github.tfbit.cli.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckOptionsTest {
  @TempDir Path dir;

  @Test
  void forgetsTheOldestChecksOfOtherData() throws IOException {
    for (int i = 0; i < CheckOptions.OTHERS + 3; i++) {
      Path file = Files.writeString(dir.resolve(i + ".txt"), "x");
      Files.setLastModifiedTime(file, FileTime.fromMillis(1000L * i));
    }
    CheckOptions.forget(dir, dir.resolve("0.txt"));
    try (Stream<Path> left = Files.list(dir)) {
      assertEquals(CheckOptions.OTHERS + 1, left.count());
    }
    assertTrue(Files.exists(dir.resolve("0.txt")));
    assertFalse(Files.exists(dir.resolve("1.txt")));
    assertFalse(Files.exists(dir.resolve("2.txt")));
    assertTrue(Files.exists(dir.resolve("3.txt")));
  }

  @Test
  void needsNoFolder() throws IOException {
    CheckOptions.forget(dir.resolve("none"), dir.resolve("none").resolve("a.txt"));
    assertFalse(Files.exists(dir.resolve("none")));
  }
}
