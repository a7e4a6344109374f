package io.github.tfbit.data;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Another data set under a model's class list. */
final class Relabelled implements ImageDataset {
  private final ImageDataset source;
  private final List<String> classes;
  private final int[] to;

  /** Label {@code l} of the source becomes {@code to[l]}. */
  Relabelled(ImageDataset source, List<String> classes, int[] to) {
    this.source = source;
    this.classes = List.copyOf(classes);
    this.to = to;
  }

  @Override
  public List<String> classes() {
    return classes;
  }

  @Override
  public int size() {
    return source.size();
  }

  @Override
  public Example example(int index) throws IOException {
    Example e = source.example(index);
    return new Example(e.id(), e.encoded(), map(e.labels()));
  }

  @Override
  public byte[] header(int index, int most) throws IOException {
    return source.header(index, most);
  }

  @Override
  public Optional<Stamp> stamp(int index) throws IOException {
    return source.stamp(index);
  }

  @Override
  public int[] labels(int index) throws IOException {
    return map(source.labels(index));
  }

  private int[] map(int[] labels) {
    int[] mapped = new int[labels.length];
    for (int i = 0; i < labels.length; i++) {
      mapped[i] = to[labels[i]];
    }
    return mapped;
  }
}
