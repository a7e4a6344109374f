package io.github.tfbit.data;

import io.github.tfbit.checkpoints.Problem;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Reads folders with a folder per class. Links are followed; what is hidden, and what file managers
 * and archivers leave behind, is not seen.
 */
final class Folders {
  private static final Set<String> PICTURES = Set.of("jpg", "jpeg", "png", "gif", "bmp", "webp");
  private static final Set<String> DEBRIS = Set.of("thumbs.db", "desktop.ini", "__macosx");

  private final Path root;
  private final Notes notes;

  /**
   * A reader.
   *
   * @param root that keys are relative to
   * @param notes that take what deserves to be said
   */
  Folders(Path root, Notes notes) {
    this.root = root;
    this.notes = notes;
  }

  /** The class folders of one directory. */
  static List<String> classes(Path dir) throws IOException {
    List<String> names = new ArrayList<>();
    try (Stream<Path> entries = Files.list(dir)) {
      entries
          .filter(p -> !passedOver(p) && Files.isDirectory(p))
          .forEach(p -> names.add(p.getFileName().toString()));
    }
    names.sort(CodePoints::compare);
    return names;
  }

  /** Pictures of one directory, labelled by a class list that may hold more than its folders. */
  ImageDataset read(Path dir, List<String> classes, boolean all) throws IOException {
    StringTable keys = new StringTable();
    LabelTable labels = new LabelTable();
    for (int label = 0; label < classes.size(); label++) {
      Path folder = dir.resolve(classes.get(label));
      if (Files.isDirectory(folder)) {
        List<String> files = pictures(folder);
        requirePictures(folder, files);
        for (String f : files) {
          keys.add(f);
          labels.add(label);
        }
      } else if (all) {
        throw problem("a folder of pictures for each class", "none", folder, "add the folder");
      }
    }
    return new FileDataset(root, classes, keys, labels);
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

  /** Keys of the pictures in a folder and below, in the order of their code points. */
  private List<String> pictures(Path folder) throws IOException {
    List<String> files = new ArrayList<>();
    Files.walkFileTree(
        folder,
        EnumSet.of(FileVisitOption.FOLLOW_LINKS),
        Integer.MAX_VALUE,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes found) {
            return !dir.equals(folder) && passedOver(dir)
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes found)
              throws IOException {
            if (!passedOver(file)) {
              visit(file, found, files);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            throw new DataException(
                new Problem(
                    "a folder that can be read to its end",
                    e instanceof FileSystemLoopException
                        ? "a link that leads in a circle"
                        : e.getClass().getSimpleName() + ": " + e.getMessage(),
                    file.toString(),
                    "remove it from the data, or let it be read"),
                e);
          }
        });
    files.sort(CodePoints::compare);
    return files;
  }

  private void visit(Path file, BasicFileAttributes found, List<String> files) {
    if (found.isSymbolicLink()) { // followed where it leads anywhere
      notes.met("links lead nowhere and are passed over", key(file));
    } else if (!found.isRegularFile()) {
      notes.met("pipes, sockets or devices are passed over", key(file));
    } else if (PICTURES.contains(extension(file))) {
      files.add(key(file));
    } else {
      notes.met("files are no pictures by their names and are passed over", key(file));
    }
  }

  private static void requirePictures(Path folder, List<String> files) throws IOException {
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

  private static boolean passedOver(Path p) {
    String name = p.getFileName().toString();
    return name.startsWith(".") || DEBRIS.contains(name.toLowerCase(Locale.ROOT));
  }

  private static String extension(Path p) {
    String name = p.getFileName().toString();
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  /** The same on systems that write paths otherwise. */
  private String key(Path p) {
    return root.relativize(p).toString().replace(p.getFileSystem().getSeparator(), "/");
  }
}
