package io.github.tfbit.state;

import com.google.common.primitives.Ints;
import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import io.github.tfbit.checkpoints.AtomicFile;
import io.github.tfbit.checkpoints.Existing;
import io.github.tfbit.data.ImageDataset;
import io.github.tfbit.data.Stamp;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Which pictures a run was started on, in their order, with labels and sizes: a gzipped line of
 * JSON each. A run goes on only with the same, since the order of everything follows from them.
 */
public final class DataListing {
  private static final int NAMED = 5;
  private static final Gson GSON = new Gson();

  private DataListing() {}

  /**
   * One picture.
   *
   * @param part such as {@code train}
   * @param key in its source, or its place in the order where the source has none
   * @param bytes encoded; -1 if unknown
   * @param labels indices of classes
   */
  private record Entry(String part, String key, long bytes, List<Integer> labels) {
    boolean sameAs(Entry other) {
      return part.equals(other.part)
          && key.equals(other.key)
          && bytes == other.bytes
          && labels.equals(other.labels);
    }

    String place() {
      return part + " " + key;
    }
  }

  /**
   * Writes a listing; it appears whole or not at all.
   *
   * @param file that is replaced if it is there
   * @param parts data sets by name, in a fixed order
   * @throws IOException if labels or stamps cannot be had, or the file not be written
   */
  public static void write(Path file, Map<String, ImageDataset> parts) throws IOException {
    AtomicFile.write(
        file,
        Existing.REPLACE,
        f -> {
          try (Writer out =
              new OutputStreamWriter(
                  new GZIPOutputStream(Files.newOutputStream(f), 1 << 16),
                  StandardCharsets.UTF_8)) {
            for (Map.Entry<String, ImageDataset> part : parts.entrySet()) {
              for (int i = 0; i < part.getValue().size(); i++) {
                out.write(GSON.toJson(entry(part.getKey(), part.getValue(), i)));
                out.write('\n');
              }
            }
          }
        });
  }

  private static Entry entry(String part, ImageDataset data, int index) throws IOException {
    Optional<Stamp> stamp = data.stamp(index);
    return new Entry(
        part,
        stamp.map(Stamp::key).orElse(String.valueOf(index)),
        stamp.map(Stamp::bytes).orElse(-1L),
        Ints.asList(data.labels(index)));
  }

  /**
   * Compares data sets with a listing.
   *
   * @param file that {@link #write} wrote
   * @param parts data sets by name, in the same order
   * @return how they differ, in words, the first pictures named; empty if they are the same
   * @throws IOException if labels or stamps cannot be had, or the file not be read
   */
  public static Optional<String> difference(Path file, Map<String, ImageDataset> parts)
      throws IOException {
    Map<String, Entry> gone = new HashMap<>();
    List<Entry> met = new ArrayList<>();
    boolean same = true;
    try (BufferedReader in = open(file)) {
      for (Map.Entry<String, ImageDataset> part : parts.entrySet()) {
        for (int i = 0; i < part.getValue().size(); i++) {
          Entry now = entry(part.getKey(), part.getValue(), i);
          Optional<Entry> then = next(in, file);
          if (then.isEmpty() || !then.get().sameAs(now)) {
            same = false;
            met.add(now);
            then.ifPresent(e -> gone.put(e.place(), e));
          }
        }
      }
      for (Optional<Entry> then = next(in, file); then.isPresent(); then = next(in, file)) {
        same = false;
        gone.put(then.get().place(), then.get());
      }
    }
    return same ? Optional.empty() : Optional.of(describe(gone, met));
  }

  private static BufferedReader open(Path file) throws IOException {
    return new BufferedReader(
        new InputStreamReader(
            new GZIPInputStream(Files.newInputStream(file), 1 << 16), StandardCharsets.UTF_8));
  }

  private static Optional<Entry> next(BufferedReader in, Path file) throws IOException {
    String line = in.readLine();
    if (line == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(GSON.fromJson(line, Entry.class));
    } catch (JsonParseException e) {
      throw new IOException(file + " is damaged: " + e.getMessage(), e);
    }
  }

  private static String describe(Map<String, Entry> gone, List<Entry> met) {
    List<String> added = new ArrayList<>();
    List<String> changed = new ArrayList<>();
    List<String> relabelled = new ArrayList<>();
    for (Entry now : met) {
      Entry then = gone.remove(now.place());
      if (then == null) {
        added.add(now.place());
      } else if (then.bytes() != now.bytes()) {
        changed.add(now.place());
      } else if (!then.labels().equals(now.labels())) {
        relabelled.add(now.place());
      }
    }
    List<String> removed = gone.keySet().stream().sorted().toList();
    List<String> parts = new ArrayList<>();
    say(parts, "added", added);
    say(parts, "gone", removed);
    say(parts, "of another size", changed);
    say(parts, "under another label", relabelled);
    return parts.isEmpty() ? "the same pictures in another order" : String.join("; ", parts);
  }

  private static void say(List<String> parts, String what, List<String> places) {
    if (!places.isEmpty()) {
      String first = String.join(", ", places.subList(0, Math.min(NAMED, places.size())));
      String more = places.size() > NAMED ? ", …" : "";
      parts.add(places.size() + " " + what + ": " + first + more);
    }
  }
}
