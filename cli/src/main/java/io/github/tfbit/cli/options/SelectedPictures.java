package io.github.tfbit.cli.options;

import io.github.tfbit.data.Example;
import io.github.tfbit.data.ImageDataset;
import io.github.tfbit.data.Stamp;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Some of the pictures of a data set, under some of its classes. */
final class SelectedPictures implements ImageDataset {
  private final ImageDataset data;
  private final List<String> classes;
  private final int[] indices;

  /**
   * A selection.
   *
   * @param data stays open and unchanged
   * @param classes of {@code data} that remain
   * @param indices of pictures that show these classes only
   */
  SelectedPictures(ImageDataset data, List<String> classes, int[] indices) {
    this.data = data;
    this.classes = List.copyOf(classes);
    this.indices = indices;
  }

  @Override
  public List<String> classes() {
    return classes;
  }

  @Override
  public int size() {
    return indices.length;
  }

  @Override
  public Example example(int index) throws IOException {
    Example example = data.example(indices[index]);
    return new Example(example.id(), example.encoded(), relabelled(example.labels()));
  }

  @Override
  public byte[] header(int index, int most) throws IOException {
    return data.header(indices[index], most);
  }

  @Override
  public Optional<Stamp> stamp(int index) throws IOException {
    return data.stamp(indices[index]);
  }

  @Override
  public int[] labels(int index) throws IOException {
    return relabelled(data.labels(indices[index]));
  }

  private int[] relabelled(int[] labels) {
    int[] mapped = new int[labels.length];
    for (int i = 0; i < labels.length; i++) {
      mapped[i] = classes.indexOf(data.classes().get(labels[i]));
    }
    return mapped;
  }
}
