package io.github.tfbit.features;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.checkpoints.OutputException;
import io.github.tfbit.data.Example;
import io.github.tfbit.data.ImageDataset;
import io.github.tfbit.data.Stamp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureCacheTest {
  private static final int ROWS = 7;
  private static final int MULTIPLE = 2;
  private static final List<Integer> SHAPE = List.of(2, 3);

  @TempDir private Path dir;
  private final List<Integer> computed = new ArrayList<>();

  private static FeatureKey key(String pictures) {
    return new FeatureKey(Map.of("content_id", "abc", "endpoint", "block2"), pictures);
  }

  /** Row r holds r, r + 0.1, … in groups of two; fails before the row that is given. */
  private FeatureCache.Computation rows(int failBefore) {
    return (from, rows) -> {
      for (int row = from; row < ROWS; row += MULTIPLE) {
        if (row >= failBefore) {
          throw new IOException("the picture cannot be read");
        }
        int n = Math.min(MULTIPLE, ROWS - row);
        float[] values = new float[n * 6];
        for (int i = 0; i < values.length; i++) {
          values[i] = row + i / 6 + 0.1f * (i % 6);
        }
        computed.add(row);
        rows.add(values);
      }
    };
  }

  private FeatureFile get(FeatureCache cache, FeatureKey key, int failBefore) throws IOException {
    return cache.get(key, ROWS, SHAPE, MULTIPLE, rows(failBefore));
  }

  private static float[] row(FeatureFile file, int row) {
    float[] values = new float[6];
    file.read(row, FloatBuffer.wrap(values));
    return values;
  }

  @Test
  void computesOnce() throws IOException {
    FeatureCache cache = new FeatureCache(dir.resolve("new"));
    assertTrue(cache.find(key("a")).isEmpty());
    FeatureFile first = get(cache, key("a"), ROWS);
    assertEquals(List.of(0, 2, 4, 6), computed);
    FeatureFile second = get(cache, key("a"), 0);
    assertEquals(List.of(0, 2, 4, 6), computed);
    assertEquals(ROWS, second.rows());
    assertEquals(SHAPE, second.shape());
    assertArrayEquals(new float[] {5, 5.1f, 5.2f, 5.3f, 5.4f, 5.5f}, row(second, 5));
    assertArrayEquals(row(first, 6), row(second, 6));
    assertThrows(IndexOutOfBoundsException.class, () -> row(second, ROWS));
  }

  @Test
  void anythingElseHasAnotherKey() {
    FeatureKey key = key("a");
    assertEquals(key.name(), key("a").name());
    assertNotEquals(key.name(), key("b").name());
    Map<String, String> other = Map.of("content_id", "abc", "endpoint", "block3");
    assertNotEquals(key.name(), new FeatureKey(other, "a").name());
  }

  @Test
  void goesOnAfterTheRowsThatAreThere() throws IOException {
    FeatureCache cache = new FeatureCache(dir);
    assertThrows(IOException.class, () -> get(cache, key("a"), 4));
    computed.clear();
    FeatureFile file = get(cache, key("a"), ROWS);
    assertEquals(List.of(4, 6), computed);
    assertArrayEquals(new float[] {1, 1.1f, 1.2f, 1.3f, 1.4f, 1.5f}, row(file, 1));
    assertArrayEquals(new float[] {4, 4.1f, 4.2f, 4.3f, 4.4f, 4.5f}, row(file, 4));
  }

  @Test
  void aRowThatIsNotWholeIsComputedAgain() throws IOException {
    FeatureCache cache = new FeatureCache(dir);
    assertThrows(IOException.class, () -> get(cache, key("a"), 4));
    Path part = only("*.part");
    try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
      channel.truncate(channel.size() - 5);
    }
    computed.clear();
    get(cache, key("a"), ROWS);
    assertEquals(List.of(2, 4, 6), computed);
  }

  @Test
  void computesAgainWhatWasDamaged() throws IOException {
    FeatureCache cache = new FeatureCache(dir);
    get(cache, key("a"), ROWS);
    byte[] bytes = Files.readAllBytes(only("*.npy"));
    bytes[bytes.length - 3] ^= 1;
    Files.write(only("*.npy"), bytes);
    computed.clear();
    FeatureFile file = get(cache, key("a"), ROWS);
    assertEquals(4, computed.size());
    assertArrayEquals(new float[] {6, 6.1f, 6.2f, 6.3f, 6.4f, 6.5f}, row(file, 6));
  }

  @Test
  void oneProcessComputesAtATime() throws IOException {
    FeatureCache cache = new FeatureCache(dir);
    FeatureCache.Computation nested =
        (from, rows) -> {
          OutputException e = assertThrows(OutputException.class, () -> get(cache, key("a"), ROWS));
          assertEquals(
              "another process, or another run of this one, at work on the same",
              e.problem().found());
          rows(ROWS).run(from, rows);
        };
    assertEquals(ROWS, cache.get(key("a"), ROWS, SHAPE, MULTIPLE, nested).rows());
  }

  @Test
  void forgetsWhatWasNotUsedForTheLongestTime() throws IOException {
    FeatureCache cache = new FeatureCache(dir, 700);
    get(cache, key("a"), ROWS);
    Files.setLastModifiedTime(only("*.npy"), FileTime.fromMillis(1_000_000));
    get(cache, key("b"), ROWS);
    Files.setLastModifiedTime(
        dir.resolve(key("b").name() + ".npy"), FileTime.fromMillis(2_000_000));
    assertTrue(cache.find(key("a")).isPresent(), "both fit, and this one is used now");
    get(cache, key("c"), ROWS);
    assertTrue(cache.find(key("a")).isPresent());
    assertTrue(cache.find(key("b")).isEmpty());
    assertFalse(Files.exists(dir.resolve(key("b").name() + ".json")));
  }

  private Path only(String glob) throws IOException {
    try (Stream<Path> files = Files.list(dir)) {
      return files
          .filter(f -> dir.getFileSystem().getPathMatcher("glob:**/" + glob).matches(f))
          .findFirst()
          .orElseThrow(() -> new UncheckedIOException(new IOException("no " + glob)));
    }
  }

  private record Pictures(List<byte[]> bytes, Optional<Long> modified) implements ImageDataset {
    @Override
    public List<String> classes() {
      return List.of("a", "b");
    }

    @Override
    public int size() {
      return bytes.size();
    }

    @Override
    public Example example(int index) {
      return new Example("p" + index, bytes.get(index), new int[] {0});
    }

    @Override
    public Optional<Stamp> stamp(int index) {
      return modified.map(m -> new Stamp("p" + index, bytes.get(index).length, m));
    }
  }

  @Test
  void knowsPicturesByStampsOrElseByBytes() throws IOException {
    Map<String, String> model = Map.of("content_id", "abc");
    byte[] one = {1, 2};
    byte[] two = {3};
    FeatureKey stamped = FeatureKey.of(model, new Pictures(List.of(one, two), Optional.of(5L)));
    FeatureKey touched = FeatureKey.of(model, new Pictures(List.of(one, two), Optional.of(6L)));
    FeatureKey plain = FeatureKey.of(model, new Pictures(List.of(one, two), Optional.empty()));
    FeatureKey turned = FeatureKey.of(model, new Pictures(List.of(two, one), Optional.empty()));
    FeatureKey again =
        FeatureKey.of(model, new Pictures(List.of(one.clone(), two), Optional.empty()));
    assertNotEquals(stamped, touched);
    assertNotEquals(plain, turned);
    assertEquals(plain, again);
  }
}
