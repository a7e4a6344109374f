package io.github.tfbit.converters;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.DType;
import io.github.tfbit.checkpoints.TensorInfo;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Names and shapes without contents: every value is zero. */
final class FakeCheckpoint implements Checkpoint {
  private final Map<String, TensorInfo> tensors = new LinkedHashMap<>();

  /** The tensors of a network, to be spoilt. */
  static FakeCheckpoint of(Architecture architecture, int classes) {
    FakeCheckpoint c = new FakeCheckpoint();
    architecture.tensors(classes).forEach(t -> c.tensors.put(t.name(), t));
    return c;
  }

  FakeCheckpoint with(String name, Integer... shape) {
    return with(name, DType.FLOAT32, shape);
  }

  FakeCheckpoint with(String name, DType dtype, Integer... shape) {
    tensors.put(name, new TensorInfo(name, dtype, Arrays.asList(shape)));
    return this;
  }

  FakeCheckpoint without(String name) {
    tensors.remove(name);
    return this;
  }

  @Override
  public String source() {
    return "fake.npz";
  }

  @Override
  public List<TensorInfo> tensors() {
    return List.copyOf(tensors.values());
  }

  @Override
  public void read(String name, ByteBuffer target) {
    target.put(bytes(name));
  }

  @Override
  public ByteBuffer bytes(String name) {
    return ByteBuffer.allocate((int) tensors.get(name).byteSize()).asReadOnlyBuffer();
  }

  @Override
  public void close() {}
}
