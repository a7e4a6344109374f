package io.github.tfbit.data;

import io.github.tfbit.checkpoints.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Reads folders with a folder per class. Links are followed; hidden files and folders are not seen.
 */
final class Folders {
  private static final Set<String> PICTURES = Set.of("jpg", "jpeg", "png", "gif", "bmp", "webp");

  private Folders() {}

  /** The class folders of one directory. */
  static List<String> classes(Path dir) throws IOException {
    List<String> names = new ArrayList<>();
    try (Stream<Path> entries = Files.list(dir)) {
      entries
          .filter(p -> !hidden(p) && Files.isDirectory(p))
          .forEach(p -> names.add(p.getFileName().toString()));
    }
    names.sort(CodePoints::compare);
    return names;
  }

  /** Pictures of one directory, labelled by a class list that may hold more than its folders. */
  static FolderDataset read(Path root, Path dir, List<String> classes, boolean all)
      throws IOException {
    List<FolderDataset.Picture> pictures = new ArrayList<>();
    for (int label = 0; label < classes.size(); label++) {
      Path folder = dir.resolve(classes.get(label));
      if (Files.isDirectory(folder)) {
        List<Path> files = pictures(folder);
        requirePictures(folder, files);
        for (Path f : files) {
          pictures.add(new FolderDataset.Picture(f, label));
        }
      } else if (all) {
        throw problem("a folder of pictures for each class", "none", folder, "add the folder");
      }
    }
    return new FolderDataset(root, classes, pictures);
  }

  /** The class folders of several splits together. */
  static List<String> union(List<Path> splits) throws IOException {
    TreeSet<String> names = new TreeSet<>(CodePoints::compare);
    for (Path split : splits) {
      names.addAll(classes(split));
    }
    return List.copyOf(names);
  }

  static DataException problem(String expected, String found, Path where, String remedy) {
    return new DataException(new Problem(expected, found, where.toString(), remedy));
  }

  private static List<Path> pictures(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> walk = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      for (Path p : (Iterable<Path>) walk::iterator) {
        Path below = folder.relativize(p);
        if (!hiddenBelow(below) && Files.isRegularFile(p)) {
          if (PICTURES.contains(extension(p))) {
            files.add(p);
          }
        }
      }
    } catch (UncheckedIOException e) {
      throw new DataException(
          new Problem(
              "a folder that can be read to its end",
              e.getCause().toString(),
              folder.toString(),
              "check who may read it, and whether links lead in a circle"),
          e);
    }
    files.sort((a, b) -> CodePoints.compare(slashes(a), slashes(b)));
    return files;
  }

  private static void requirePictures(Path folder, List<Path> files) throws IOException {
    if (files.isEmpty()) {
      try (Stream<Path> entries = Files.list(folder)) {
        throw problem(
            "at least one JPEG, PNG, GIF, BMP or WebP file",
            "no picture among " + entries.count() + " files",
            folder,
            "add pictures of this class, or remove the folder");
      }
    }
  }

  private static boolean hiddenBelow(Path relative) {
    for (Path part : relative) {
      if (part.toString().startsWith(".")) {
        return true;
      }
    }
    return false;
  }

  private static boolean hidden(Path p) {
    return p.getFileName().toString().startsWith(".");
  }

  private static String extension(Path p) {
    String name = p.getFileName().toString();
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  /** The same order on systems that write paths otherwise. */
  static String slashes(Path p) {
    return p.toString().replace(p.getFileSystem().getSeparator(), "/");
  }
}
