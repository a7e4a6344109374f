package io.github.tfbit.state;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.Finite;
import io.github.tfbit.checkpoints.TensorInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** Refuses NaN and infinity while tensors are handed on. The other checkpoint stays its owner's. */
record FiniteOnly(Checkpoint values) implements Checkpoint {
  @Override
  public String source() {
    return values.source();
  }

  @Override
  public List<TensorInfo> tensors() {
    return values.tensors();
  }

  @Override
  public void read(String name, ByteBuffer target) throws IOException {
    target.put(bytes(name));
  }

  @Override
  public ByteBuffer bytes(String name) throws IOException {
    ByteBuffer bytes = values.bytes(name);
    Finite.require(values, name, bytes);
    return bytes;
  }

  @Override
  public void close() {
    // Nothing is owned.
  }
}
