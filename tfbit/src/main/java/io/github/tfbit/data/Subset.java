package io.github.tfbit.data;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Some pictures of another data set, its classes kept. */
final class Subset implements ImageDataset {
  private final ImageDataset source;
  private final int[] indices;

  /** Keeps the indices that it is given. */
  Subset(ImageDataset source, int[] indices) {
    this.source = source;
    this.indices = indices;
  }

  @Override
  public List<String> classes() {
    return source.classes();
  }

  @Override
  public int size() {
    return indices.length;
  }

  @Override
  public Example example(int index) throws IOException {
    return source.example(indices[index]);
  }

  @Override
  public byte[] header(int index, int most) throws IOException {
    return source.header(indices[index], most);
  }

  @Override
  public Optional<Stamp> stamp(int index) throws IOException {
    return source.stamp(indices[index]);
  }

  @Override
  public int[] labels(int index) throws IOException {
    return source.labels(indices[index]);
  }
}
