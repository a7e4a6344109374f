package io.github.tfbit.features;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.github.tfbit.checkpoints.AtomicFile;
import io.github.tfbit.checkpoints.CheckpointException;
import io.github.tfbit.checkpoints.Existing;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A folder of features: {@code KEY.npy}, which numpy reads, and {@code KEY.json}, which says what
 * they are. A file is used only if its checksum is the recorded one. When the folder grows beyond
 * {@value #MOST_BYTES} bytes, what was not used for the longest time is deleted.
 */
public final class FeatureCache {
  /** Bytes that the folder may keep; features just made are kept in any case. */
  public static final long MOST_BYTES = 20L << 30;

  private static final String CHECKSUM = "crc32c";

  private final Path folder;
  private final long mostBytes;

  /**
   * A cache in a folder.
   *
   * @param folder made when it is needed
   */
  public FeatureCache(Path folder) {
    this(folder, MOST_BYTES);
  }

  FeatureCache(Path folder, long mostBytes) {
    this.folder = Objects.requireNonNull(folder, "folder");
    this.mostBytes = mostBytes;
  }

  /**
   * Computes rows.
   *
   * @see FeatureCache#get
   */
  @FunctionalInterface
  public interface Computation {
    /**
     * Computes every row from one on.
     *
     * @param from first row; a multiple of the one given to {@link FeatureCache#get}
     * @param rows takes them in order
     * @throws IOException to give up; what was taken is kept for the next time
     */
    void run(int from, Rows rows) throws IOException;
  }

  /** Takes rows. */
  @FunctionalInterface
  public interface Rows {
    /**
     * Takes whole rows.
     *
     * @param values in C order
     * @throws IOException if they cannot be kept
     */
    void add(float[] values) throws IOException;
  }

  /**
   * Features that are there already.
   *
   * @param key what they follow from
   * @return empty if they have to be computed
   * @throws IOException if the folder cannot be read
   */
  public Optional<FeatureFile> find(FeatureKey key) throws IOException {
    Path file = file(key);
    Path about = about(key);
    if (!Files.isRegularFile(file) || !Files.isRegularFile(about)) {
      return Optional.empty();
    }
    try {
      FeatureFile features = FeatureFile.open(file);
      JsonObject facts = JsonParser.parseString(Files.readString(about)).getAsJsonObject();
      if (facts.get(CHECKSUM).getAsLong() == features.checksum()) {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
        return Optional.of(features);
      }
    } catch (CheckpointException
        | JsonParseException
        | IllegalStateException
        | NullPointerException e) {
      System.getLogger(FeatureCache.class.getName())
          .log(System.Logger.Level.DEBUG, "features that are computed again: " + file, e);
    }
    return Optional.empty();
  }

  /**
   * Features that are there, or else computes them. Rows that an earlier process left are not
   * computed again.
   *
   * @param key what they follow from
   * @param rows how many
   * @param shape of each
   * @param multiple rows are computed in groups of so many, and the bits may depend on the groups
   * @param computation of the rows that are missing
   * @return all rows
   * @throws io.github.tfbit.checkpoints.OutputException if there is no room, or another process
   *     computes the same
   * @throws IOException if the computation or the disk fails
   */
  public FeatureFile get(
      FeatureKey key, int rows, List<Integer> shape, int multiple, Computation computation)
      throws IOException {
    Optional<FeatureFile> found = find(key);
    if (found.isPresent()) {
      return found.get();
    }
    Files.createDirectories(folder);
    try (FeatureAppender appender = FeatureAppender.open(file(key), rows, shape, multiple)) {
      if (appender.done() < rows) {
        computation.run(appender.done(), appender::append);
      }
      appender.commit();
    }
    FeatureFile features = FeatureFile.open(file(key));
    describe(key, features);
    forget(file(key));
    return features;
  }

  private Path file(FeatureKey key) {
    return folder.resolve(key.name() + ".npy");
  }

  private Path about(FeatureKey key) {
    return folder.resolve(key.name() + ".json");
  }

  private void describe(FeatureKey key, FeatureFile features) throws IOException {
    JsonObject facts = new JsonObject();
    key.model().forEach(facts::addProperty);
    facts.addProperty("pictures_sha256", key.pictures());
    facts.addProperty("rows", features.rows());
    facts.addProperty(CHECKSUM, features.checksum());
    String text = new GsonBuilder().setPrettyPrinting().create().toJson(facts) + "\n";
    AtomicFile.write(about(key), Existing.REPLACE, f -> Files.writeString(f, text));
  }

  /** Whether another process may be writing a file. */
  private static boolean isUnderWay(Path file) throws IOException {
    Instant yesterday = Instant.now().minus(Duration.ofDays(1));
    return file.toString().endsWith(".part")
        && Files.getLastModifiedTime(file).toInstant().isAfter(yesterday);
  }

  /** Deletes what was not used for the longest time, but for one file. */
  private void forget(Path kept) throws IOException {
    record Entry(Path file, long bytes, FileTime used) {}

    List<Entry> others = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.npy*")) {
      for (Path f : files) {
        if (!f.equals(kept) && !isUnderWay(f)) {
          others.add(new Entry(f, Files.size(f), Files.getLastModifiedTime(f)));
        }
      }
    }
    others.sort(Comparator.comparing(Entry::used).reversed());
    long bytes = Files.size(kept);
    for (Entry e : others) {
      bytes += e.bytes();
      if (bytes > mostBytes) {
        Files.deleteIfExists(e.file());
        String name = e.file().getFileName().toString().replaceFirst("\\.npy.*", ".json");
        Files.deleteIfExists(folder.resolve(name));
      }
    }
  }
}
