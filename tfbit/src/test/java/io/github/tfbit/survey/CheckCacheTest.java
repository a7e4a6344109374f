package io.github.tfbit.survey;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.tfbit.data.Stamp;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCacheTest {
  private static final String HASH = "0123456789abcdef".repeat(4);

  @TempDir Path dir;

  @Test
  void keepsAnyKey() throws IOException {
    Path file = dir.resolve("made").resolve("c.txt");
    CheckCache cache = CheckCache.read(Optional.of(file), "x");
    for (String key : new String[] {"a\nb", "tab\tbed", "\\n", "猫/\r.jpg", " "}) {
      cache.add(new Stamp(key, 3, 5), HASH);
    }
    cache.write(file, "x");
    CheckCache read = CheckCache.read(Optional.of(file), "x");
    for (String key : new String[] {"a\nb", "tab\tbed", "\\n", "猫/\r.jpg", " "}) {
      assertEquals(Optional.of(HASH), read.find(new Stamp(key, 3, 5)), key);
    }
    assertEquals(Optional.empty(), read.find(new Stamp("\\n", 4, 5)));
    assertEquals(Optional.empty(), read.find(new Stamp("\\n", 3, 6)));
    assertEquals(
        Optional.empty(), CheckCache.read(Optional.of(file), "y").find(new Stamp("\\n", 3, 5)));
  }
}
