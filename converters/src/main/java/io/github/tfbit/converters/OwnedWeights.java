package io.github.tfbit.converters;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.TensorInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** A model file's weights that close the file, and what was unpacked from it, with themselves. */
final class OwnedWeights implements Checkpoint {
  private final ModelFile file;
  private final Checkpoint weights;

  OwnedWeights(ModelFile file) {
    this.file = file;
    this.weights = file.weights();
  }

  @Override
  public String source() {
    return weights.source();
  }

  @Override
  public List<TensorInfo> tensors() {
    return weights.tensors();
  }

  @Override
  public Optional<TensorInfo> find(String name) {
    return weights.find(name);
  }

  @Override
  public void read(String name, ByteBuffer target) throws IOException {
    weights.read(name, target);
  }

  @Override
  public ByteBuffer bytes(String name) throws IOException {
    return weights.bytes(name);
  }

  @Override
  public void stream(String name, Sink sink) throws IOException {
    weights.stream(name, sink);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
