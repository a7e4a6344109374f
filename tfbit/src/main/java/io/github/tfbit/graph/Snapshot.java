package io.github.tfbit.graph;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.tensorflow.Result;

/** Fetched variables. Owns their tensors. */
final class Snapshot implements Checkpoint {
  private final List<TensorInfo> tensors;
  private final Result values;
  private final Map<String, Integer> index = new HashMap<>();
  private boolean closed;

  Snapshot(List<TensorInfo> tensors, Result values) {
    this.tensors = List.copyOf(tensors);
    this.values = values;
    for (int i = 0; i < tensors.size(); i++) {
      index.put(tensors.get(i).name(), i);
    }
  }

  @Override
  public String source() {
    return "variables of a session";
  }

  @Override
  public List<TensorInfo> tensors() {
    return tensors;
  }

  @Override
  public void read(String name, ByteBuffer target) {
    target.put(memory(name));
  }

  /** A copy: a view would outlive this checkpoint and point to memory that is freed by then. */
  @Override
  public ByteBuffer bytes(String name) {
    ByteBuffer memory = memory(name);
    ByteBuffer copy = ByteBuffer.allocate(memory.remaining()).put(memory).flip();
    return copy.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  private synchronized ByteBuffer memory(String name) {
    if (closed) {
      throw new IllegalStateException(source() + ": closed");
    }
    Integer at = index.get(name);
    if (at == null) {
      throw new NoSuchElementException(name);
    }
    return Tensors.memory(values.get(at));
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      values.close();
    }
  }
}
