package io.github.tfbit.data;

import io.github.tfbit.checkpoints.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The lines of a manifest as they are read, whatever its form, and what they make together. Some
 * tens of bytes a line are held beside the paths.
 */
final class ManifestTable {
  private static final String NO_NAME =
      "none; a picture that shows nothing has [] for its label, in JSON";
  private static final int NAMED = 5;
  private static final byte NO_SPLIT = -1;

  private final Path file;
  private final Path root;
  private final StringTable keys = new StringTable();
  private final LabelTable labels = new LabelTable();
  private final Map<String, Integer> classes = new LinkedHashMap<>();
  private final List<String> splits = new ArrayList<>();
  private final Notes notes = new Notes();
  private int[] lines = new int[16];
  private byte[] splitOf = new byte[16];

  ManifestTable(Path file) {
    this.file = file;
    this.root = file.toAbsolutePath().getParent();
  }

  /**
   * Adds a picture.
   *
   * @param line it is in, from 1
   * @param path relative to the manifest's folder, or absolute
   * @param names of its classes
   * @param split that it is in, as it is written; empty for none
   */
  void add(long line, String path, List<String> names, Optional<String> split)
      throws DataException {
    int[] of = new int[names.size()];
    for (int i = 0; i < of.length; i++) {
      String name = names.get(i);
      if (name.isBlank() || name.lines().count() > 1) {
        throw at(line, "a class name of one line", name.isBlank() ? NO_NAME : "'" + name + "'");
      }
      of[i] = classes.computeIfAbsent(name, n -> classes.size());
    }
    requirePath(line, path);
    int index = keys.add(path);
    labels.add(of);
    if (index == lines.length) {
      lines = Arrays.copyOf(lines, index + index / 2);
      splitOf = Arrays.copyOf(splitOf, index + index / 2);
    }
    lines[index] = (int) Math.min(Integer.MAX_VALUE, line);
    splitOf[index] = split(line, split);
  }

  private void requirePath(long line, String path) throws DataException {
    if (path.isBlank()) {
      throw at(line, "the path of a picture", "none");
    }
    if (path.matches("[a-zA-Z][a-zA-Z0-9+.-]+://.*")) {
      throw at(line, "a file on this machine", "an address, " + path);
    }
    try {
      Path unused = Path.of(path);
    } catch (InvalidPathException e) {
      throw at(line, "the path of a picture", e.getReason());
    }
  }

  private byte split(long line, Optional<String> written) throws DataException {
    if (written.isEmpty()) {
      if (!splits.isEmpty()) {
        throw at(line, "a split, as the lines before have one", "none");
      }
      return NO_SPLIT;
    }
    String name = DataSource.canonical(written.get().strip().toLowerCase(Locale.ROOT));
    if (name == null) {
      String known = String.join(", ", DataSource.names().stream().sorted().toList());
      throw at(line, "one of the splits " + known, "'" + written.get() + "'");
    }
    if (splits.isEmpty() && keys.size() > 1) {
      throw at(line, "no split, as the lines before have none", "'" + written.get() + "'");
    }
    int index = splits.indexOf(name);
    if (index < 0) {
      splits.add(name);
      index = splits.size() - 1;
    }
    return (byte) index;
  }

  /** An error of a line. */
  DataException at(long line, String expected, String found) {
    return new DataException(
        new Problem(expected, found, file + ", line " + line, "correct the line"));
  }

  /** All lines are in: what they make. */
  DataSource finish() throws IOException {
    if (keys.size() == 0) {
      throw whole("a line for each picture", "none", "add lines below the header");
    }
    if (classes.size() < 2) {
      throw whole(
          "pictures of at least two classes",
          "one class, " + String.join("", classes.keySet()),
          "there is nothing to tell apart; add pictures of another class");
    }
    requireFiles();
    List<String> sorted = new ArrayList<>(classes.keySet());
    sorted.sort(CodePoints::compare);
    ClassOrder.check(sorted, notes);
    int[] to = new int[classes.size()];
    for (int i = 0; i < sorted.size(); i++) {
      to[classes.get(sorted.get(i))] = i;
    }
    FileDataset all = new FileDataset(root, sorted, keys, labels.mapped(to));
    boolean[] dropped = duplicates();
    Map<String, ImageDataset> parts = new LinkedHashMap<>();
    if (splits.isEmpty()) {
      parts.put(DataSource.ALL, part(all, NO_SPLIT, dropped));
    } else if (!splits.contains(DataSource.TRAIN)) {
      throw whole(
          "pictures of the split train", String.join(" and ", splits) + " alone", "add some");
    } else {
      parts.put(DataSource.TRAIN, part(all, (byte) splits.indexOf(DataSource.TRAIN), dropped));
      for (int i = 0; i < splits.size(); i++) {
        parts.putIfAbsent(splits.get(i), part(all, (byte) i, dropped));
      }
    }
    return new DataSource(file.toString(), parts, notes.list());
  }

  private ImageDataset part(ImageDataset all, byte split, boolean[] dropped) {
    int[] indices =
        IntStream.range(0, keys.size()).filter(i -> splitOf[i] == split && !dropped[i]).toArray();
    return indices.length == all.size() ? all : ImageDatasets.subset(all, indices);
  }

  private DataException whole(String expected, String found, String remedy) {
    return new DataException(new Problem(expected, found, file.toString(), remedy));
  }

  /** Every file that is not there is counted, and the first are named, before anything is done. */
  private void requireFiles() throws DataException {
    int[] missing =
        IntStream.range(0, keys.size())
            .parallel()
            .filter(i -> !Files.isRegularFile(root.resolve(keys.get(i))))
            .toArray();
    if (missing.length > 0) {
      List<String> first =
          Arrays.stream(missing)
              .limit(NAMED)
              .mapToObj(i -> keys.get(i) + " (line " + lines[i] + ")")
              .toList();
      throw whole(
          "files that are there, relative to " + root,
          missing.length + " of " + keys.size() + " missing: " + Notes.some(first, missing.length),
          "correct the paths, written with /, or remove the lines");
    }
  }

  /** A line that is there twice counts once; two that contradict each other are refused. */
  private boolean[] duplicates() throws DataException {
    boolean[] dropped = new boolean[keys.size()];
    long[] hashes = IntStream.range(0, keys.size()).mapToLong(keys::hash).toArray();
    long[] sorted = hashes.clone();
    Arrays.parallelSort(sorted);
    Map<Long, Boolean> twice = new TreeMap<>();
    for (int i = 1; i < sorted.length; i++) {
      if (sorted[i] == sorted[i - 1]) {
        twice.put(sorted[i], true);
      }
    }
    if (twice.isEmpty()) {
      return dropped;
    }
    Map<String, Integer> first = new HashMap<>();
    for (int i = 0; i < hashes.length; i++) {
      if (twice.containsKey(hashes[i])) {
        Integer before = first.putIfAbsent(keys.get(i), i);
        if (before != null) {
          dropped[i] = same(before, i);
        }
      }
    }
    return dropped;
  }

  private boolean same(int before, int now) throws DataException {
    if (!Arrays.equals(labels.get(before), labels.get(now))) {
      throw at(
          lines[now],
          "one label for " + keys.get(now) + ", as in line " + lines[before],
          "another; several labels of a picture belong into one line");
    }
    if (splitOf[before] != splitOf[now]) {
      notes.met(
          "pictures are in two splits at once, which makes evaluations too good",
          keys.get(now) + " (lines " + lines[before] + " and " + lines[now] + ")");
      return false;
    }
    notes.met(
        "lines are there twice and count once",
        keys.get(now) + " (lines " + lines[before] + " and " + lines[now] + ")");
    return true;
  }
}
