package io.github.tfbit.converters;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.TensorInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** The tensors of a checkpoint in the order of the published files, whatever their own order. */
final class ForwardOrder implements Checkpoint {
  private final Checkpoint original;
  private final List<TensorInfo> tensors;

  private ForwardOrder(Checkpoint original, List<TensorInfo> tensors) {
    this.original = original;
    this.tensors = tensors;
  }

  /** Names and shapes have been compared before. */
  static Checkpoint of(Checkpoint original, PublishedModel model) {
    int classes = model.head().map(Head::classes).orElse(0);
    List<TensorInfo> order = model.architecture().tensors(classes);
    return order.equals(original.tensors()) ? original : new ForwardOrder(original, order);
  }

  @Override
  public String source() {
    return original.source();
  }

  @Override
  public List<TensorInfo> tensors() {
    return tensors;
  }

  @Override
  public Optional<TensorInfo> find(String name) {
    return original.find(name);
  }

  @Override
  public void read(String name, ByteBuffer target) throws IOException {
    original.read(name, target);
  }

  @Override
  public ByteBuffer bytes(String name) throws IOException {
    return original.bytes(name);
  }

  @Override
  public void stream(String name, Sink sink) throws IOException {
    original.stream(name, sink);
  }

  @Override
  public void close() throws IOException {
    original.close();
  }
}
