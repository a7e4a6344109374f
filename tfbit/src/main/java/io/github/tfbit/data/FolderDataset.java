package io.github.tfbit.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Pictures in a folder per class, below a root that their keys are relative to. */
record FolderDataset(Path root, List<String> classes, List<Picture> pictures)
    implements ImageDataset {
  /** A file and the class it is of. */
  record Picture(Path file, int label) {}

  FolderDataset {
    Objects.requireNonNull(root, "root");
    classes = List.copyOf(classes);
    pictures = List.copyOf(pictures);
  }

  @Override
  public int size() {
    return pictures.size();
  }

  @Override
  public Example example(int index) throws IOException {
    Picture p = pictures.get(index);
    return new Example(
        p.file().toString(), new ImageSource.File(p.file()).encoded(), labels(index));
  }

  @Override
  public int[] labels(int index) {
    return new int[] {pictures.get(index).label()};
  }

  @Override
  public byte[] header(int index, int most) throws IOException {
    try (InputStream in = Files.newInputStream(pictures.get(index).file())) {
      return in.readNBytes(most);
    }
  }

  @Override
  public Optional<Stamp> stamp(int index) throws IOException {
    Path file = pictures.get(index).file();
    BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
    String key = Folders.slashes(root.relativize(file));
    return Optional.of(new Stamp(key, found.size(), found.lastModifiedTime().toMillis()));
  }

  /** A data set of a thousand pictures has no business in a log line. */
  @Override
  public String toString() {
    return pictures.size() + " pictures of " + classes.size() + " classes";
  }
}
