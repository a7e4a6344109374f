package io.github.tfbit.data;

import io.github.tfbit.checkpoints.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;

/** Data sets as they lie on disk, and what can be said of any of them. */
public final class ImageDatasets {
  private static final String TRAIN = DataSource.TRAIN;

  private ImageDatasets() {}

  /**
   * A data set cut in two.
   *
   * @param train to learn from
   * @param heldOut to judge by; the same class list
   */
  public record Split(ImageDataset train, ImageDataset heldOut) {}

  /**
   * A directory with a folder per class. Classes and pictures are in the order of their code
   * points; hidden files are passed over, links followed; class folders may have folders in them.
   *
   * @param dir the directory
   * @return its pictures; nothing of them is read yet
   * @throws DataException if it is none, if it has fewer than two classes, or a class no picture
   * @throws IOException if it cannot be read
   */
  public static ImageDataset folder(Path dir) throws IOException {
    return folder(dir, new Notes());
  }

  private static ImageDataset folder(Path dir, Notes notes) throws IOException {
    requireDirectory(dir);
    List<String> classes = Folders.classes(dir);
    requireTwo(dir, classes);
    ClassOrder.check(classes, notes);
    return new Folders(dir, notes).read(dir, classes, true);
  }

  /**
   * The splits of a directory with {@code train/} and one or more of {@code test/}, {@code val/},
   * {@code validation/}, {@code valid/}. The class list of all is the union of their folders.
   *
   * @param dir the directory
   * @return name to pictures, {@code train} first; empty if the directory is not cut like that
   * @throws DataException if there are fewer than two classes, or a class has no picture to learn
   * @throws IOException if it cannot be read
   */
  public static Map<String, ImageDataset> splits(Path dir) throws IOException {
    return splits(dir, new Notes());
  }

  private static Map<String, ImageDataset> splits(Path dir, Notes notes) throws IOException {
    requireDirectory(dir);
    Map<String, ImageDataset> splits = new LinkedHashMap<>();
    List<String> present =
        DataSource.HELD_OUT.stream().filter(s -> Files.isDirectory(dir.resolve(s))).toList();
    if (!Files.isDirectory(dir.resolve(TRAIN)) || present.isEmpty()) {
      return splits;
    }
    List<Path> paths = new ArrayList<>(List.of(dir.resolve(TRAIN)));
    present.forEach(s -> paths.add(dir.resolve(s)));
    List<String> classes = Folders.union(paths);
    requireTwo(dir, classes);
    ClassOrder.check(classes, notes);
    Folders folders = new Folders(dir, notes);
    splits.put(TRAIN, folders.read(dir.resolve(TRAIN), classes, true));
    for (String s : present) {
      splits.put(s, folders.read(dir.resolve(s), classes, false));
    }
    return splits;
  }

  /**
   * What to learn from and what to judge by, of a directory of either kind.
   *
   * @param dir with splits, or with a folder per class, of which a share is then held out
   * @param share to hold out if there are no splits, from 0 (nothing) to below 1
   * @param seed decides which pictures are held out
   * @return both; of several held-out splits the first of test, val, validation, valid
   * @throws DataException if the directory does not hold such data
   * @throws IOException if it cannot be read
   */
  public static Split open(Path dir, double share, long seed) throws IOException {
    return source(dir.toString()).split(share, seed);
  }

  /**
   * Opens labelled pictures of any form: a directory with splits or with a folder per class, a
   * {@code .csv} or {@code .jsonl} manifest, TFRecord files by name or pattern.
   *
   * @param name a path, or one whose last part is a pattern, such as {@code data/train-*}
   * @return what is there; no picture is read yet
   * @throws DataException if it holds no such data, with what is wrong and where
   * @throws IOException if it cannot be read
   */
  public static DataSource source(String name) throws IOException {
    return source(name, OptionalInt.empty());
  }

  /**
   * Opens labelled pictures of any form.
   *
   * @param name as for {@link #source(String)}
   * @param labelOffset the number of the first class in TFRecord files; empty to tell from them
   * @return what is there; no picture is read yet
   * @throws DataException if it holds no such data, with what is wrong and where
   * @throws IOException if it cannot be read
   */
  public static DataSource source(String name, OptionalInt labelOffset) throws IOException {
    Optional<Path> path = existing(name);
    if (path.isEmpty() || !Files.isDirectory(path.get())) {
      return path.isPresent() && Manifests.isManifest(path.get())
          ? Manifests.read(path.get())
          : TfRecords.open(name, labelOffset);
    }
    Notes notes = new Notes();
    Map<String, ImageDataset> splits = splits(path.get(), notes);
    if (splits.isEmpty()) {
      splits.put(DataSource.ALL, folder(path.get(), notes));
    }
    return new DataSource(name, splits, notes.list());
  }

  private static Optional<Path> existing(String name) throws DataException {
    try {
      return Optional.of(Path.of(name)).filter(Files::exists);
    } catch (InvalidPathException e) {
      throw new DataException(
          new Problem("a path", e.getMessage(), name.replace("\0", "\\0"), "check it"), e);
    }
  }

  /**
   * Holds out a share of each class. A class of two pictures or more keeps at least one on either
   * side, a class of one keeps it for learning. Pictures with several labels count as the first.
   *
   * @param data to cut; stays open and unchanged
   * @param share to hold out, from 0 to below 1; each class rounded to the nearest whole picture
   * @param seed decides which; a pure function of seed, class and position in the class
   * @return both parts, each in the order of {@code data}
   * @throws IOException if labels cannot be had
   */
  public static Split holdOut(ImageDataset data, double share, long seed) throws IOException {
    if (!(share >= 0 && share < 1)) {
      throw new IllegalArgumentException("expected a share from 0 to below 1, found " + share);
    }
    boolean[] out = new boolean[data.size()];
    List<List<Integer>> byClass = byClass(data);
    for (int c = 0; c < byClass.size(); c++) {
      List<Integer> members = byClass.get(c);
      int n = (int) Math.round(members.size() * share);
      n = share == 0 ? 0 : Math.max(1, Math.min(n, members.size() - 1));
      int[] order = Hashes.permutation(members.size(), Hashes.mix(seed, c));
      for (int i = 0; i < n && members.size() > 1; i++) {
        out[members.get(order[i])] = true;
      }
    }
    return new Split(subset(data, out, false), subset(data, out, true));
  }

  /**
   * The same pictures under a model's class list; matched by name.
   *
   * @param data with classes that all are among {@code classes}
   * @param classes the model's, in its order
   * @return the pictures with labels that count in {@code classes}
   * @throws DataException naming the classes that the model does not have
   */
  public static ImageDataset withClasses(ImageDataset data, List<String> classes)
      throws DataException {
    if (data.classes().equals(classes)) {
      return data;
    }
    TreeSet<String> unknown = new TreeSet<>(CodePoints::compare);
    unknown.addAll(data.classes());
    unknown.removeAll(classes);
    if (!unknown.isEmpty()) {
      throw new DataException(
          new Problem(
              "classes among the model's " + classes.size() + " " + first(classes),
              unknown.size() + " others: " + first(unknown),
              "the data",
              "name the folders as the model's labels, or take a model that knows them"));
    }
    return new Relabelled(
        data, classes, data.classes().stream().mapToInt(classes::indexOf).toArray());
  }

  /**
   * Some of the pictures of a data set, all of its classes.
   *
   * @param data stays open and unchanged
   * @param indices of the pictures to keep, in the order to keep them in; copied
   * @return those pictures
   */
  public static ImageDataset subset(ImageDataset data, int[] indices) {
    return new Subset(data, Arrays.copyOf(indices, indices.length));
  }

  /**
   * What is in a data set: counts by label, and the typical size of a picture from the headers of
   * at most {@value Survey#SAMPLE} pictures, evenly spread over the set.
   *
   * @param data to look at
   * @return counts and sizes; pictures whose header cannot be read have no say in the size
   * @throws IOException if pictures or labels cannot be fetched
   */
  public static Survey survey(ImageDataset data) throws IOException {
    return Survey.of(data);
  }

  private static ImageDataset subset(ImageDataset data, boolean[] out, boolean which) {
    int[] indices = new int[out.length];
    int n = 0;
    for (int i = 0; i < out.length; i++) {
      if (out[i] == which) {
        indices[n++] = i;
      }
    }
    return new Subset(data, Arrays.copyOf(indices, n));
  }

  private static List<List<Integer>> byClass(ImageDataset data) throws IOException {
    List<List<Integer>> members = new ArrayList<>();
    data.classes().forEach(c -> members.add(new ArrayList<>()));
    for (int i = 0; i < data.size(); i++) {
      int[] labels = data.labels(i);
      if (labels.length > 0) {
        members.get(labels[0]).add(i);
      }
    }
    return members;
  }

  private static void requireDirectory(Path dir) throws DataException {
    if (!Files.isDirectory(dir)) {
      throw Folders.problem(
          "a directory with a folder of pictures per class",
          Files.exists(dir) ? "a file" : "nothing",
          dir,
          "check the path");
    }
  }

  private static void requireTwo(Path dir, List<String> classes) throws DataException {
    if (classes.size() < 2) {
      throw Folders.problem(
          "at least two folders, one per class",
          classes.isEmpty() ? "none" : "one, " + classes.get(0),
          dir,
          "there is nothing to tell apart; add pictures of another class");
    }
  }

  private static String first(Iterable<String> names) {
    StringBuilder text = new StringBuilder();
    int n = 0;
    for (String name : names) {
      if (++n > 5) {
        return text.append(", …").toString();
      }
      text.append(n == 1 ? "" : ", ").append(name);
    }
    return text.toString();
  }
}
