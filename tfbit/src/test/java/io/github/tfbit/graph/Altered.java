package io.github.tfbit.graph;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.TensorInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A checkpoint with one value changed; counts what is read. */
final class Altered implements Checkpoint {
  private final Checkpoint original;
  private final String name;
  private final float value;
  private final AtomicInteger reads = new AtomicInteger();

  Altered(Checkpoint original, String name, float value) {
    this.original = original;
    this.name = name;
    this.value = value;
  }

  int reads() {
    return reads.get();
  }

  @Override
  public String source() {
    return "altered.npz";
  }

  @Override
  public List<TensorInfo> tensors() {
    return original.tensors();
  }

  @Override
  public void read(String tensor, ByteBuffer target) throws IOException {
    reads.incrementAndGet();
    int third = target.position() + 2 * Float.BYTES;
    original.read(tensor, target);
    if (tensor.equals(name)) {
      target.order(java.nio.ByteOrder.LITTLE_ENDIAN).putFloat(third, value);
    }
  }

  @Override
  public ByteBuffer bytes(String tensor) throws IOException {
    return original.bytes(tensor);
  }

  @Override
  public void close() throws IOException {
    original.close();
  }
}
