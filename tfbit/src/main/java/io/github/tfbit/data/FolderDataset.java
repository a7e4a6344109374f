package io.github.tfbit.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Pictures in a folder per class. */
record FolderDataset(List<String> classes, List<Picture> pictures) implements ImageDataset {
  /** A file and the class it is of. */
  record Picture(Path file, int label) {}

  FolderDataset {
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

  /** A data set of a thousand pictures has no business in a log line. */
  @Override
  public String toString() {
    return pictures.size() + " pictures of " + classes.size() + " classes";
  }
}
