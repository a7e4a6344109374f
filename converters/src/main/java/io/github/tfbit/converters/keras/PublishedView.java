package io.github.tfbit.converters.keras;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.TensorInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/** A file's datasets under the published names; contents pass unchanged. */
final class PublishedView implements Checkpoint {
  private record Entry(TensorInfo info, String dataset) {}

  private final Checkpoint file;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  PublishedView(Checkpoint file, Map<String, Weight> published) {
    this.file = file;
    published.forEach((name, w) -> entries.put(name, entry(name, w.info())));
  }

  /** Keras' head is a dense layer, {@code [F, C]}; the published one a convolution of 1x1. */
  private static Entry entry(String name, TensorInfo stored) {
    List<Integer> shape = new ArrayList<>(stored.shape());
    if (shape.size() == 2) {
      shape.addAll(0, List.of(1, 1));
    }
    return new Entry(new TensorInfo(name, stored.dtype(), shape), stored.name());
  }

  @Override
  public String source() {
    return file.source();
  }

  @Override
  public List<TensorInfo> tensors() {
    return entries.values().stream().map(Entry::info).toList();
  }

  @Override
  public Optional<TensorInfo> find(String name) {
    return Optional.ofNullable(entries.get(name)).map(Entry::info);
  }

  @Override
  public void read(String name, ByteBuffer target) throws IOException {
    file.read(dataset(name), target);
  }

  @Override
  public ByteBuffer bytes(String name) throws IOException {
    return file.bytes(dataset(name));
  }

  @Override
  public void stream(String name, Sink sink) throws IOException {
    file.stream(dataset(name), sink);
  }

  private String dataset(String name) {
    Entry entry = entries.get(name);
    if (entry == null) {
      throw new NoSuchElementException(source() + ": no tensor '" + name + "'");
    }
    return entry.dataset();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
