package io.github.tfbit.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;

/**
 * Pictures that are files. Keys are paths relative to a root, with slashes, or absolute ones; some
 * tens of bytes a picture are all that is held.
 */
final class FileDataset implements ImageDataset {
  private final Path root;
  private final List<String> classes;
  private final StringTable keys;
  private final LabelTable labels;

  FileDataset(Path root, List<String> classes, StringTable keys, LabelTable labels) {
    if (keys.size() != labels.size()) {
      throw new IllegalArgumentException(
          "expected as many labels as pictures, found " + labels.size() + " of " + keys.size());
    }
    this.root = root;
    this.classes = List.copyOf(classes);
    this.keys = keys;
    this.labels = labels;
  }

  @Override
  public List<String> classes() {
    return classes;
  }

  @Override
  public int size() {
    return keys.size();
  }

  private Path file(int index) {
    return root.resolve(keys.get(index));
  }

  @Override
  public Example example(int index) throws IOException {
    Path file = file(index);
    return new Example(file.toString(), new ImageSource.File(file).encoded(), labels(index));
  }

  @Override
  public int[] labels(int index) {
    return labels.get(index);
  }

  @Override
  public byte[] header(int index, int most) throws IOException {
    try (InputStream in = Files.newInputStream(file(index))) {
      return in.readNBytes(most);
    }
  }

  @Override
  public Optional<Stamp> stamp(int index) throws IOException {
    BasicFileAttributes found = Files.readAttributes(file(index), BasicFileAttributes.class);
    return Optional.of(
        new Stamp(keys.get(index), found.size(), found.lastModifiedTime().toMillis()));
  }

  /** A data set of a thousand pictures has no business in a log line. */
  @Override
  public String toString() {
    return keys.size() + " pictures of " + classes.size() + " classes";
  }
}
