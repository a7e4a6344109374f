package io.github.tfbit.graph;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.types.TFloat32;

/** Variables of a session, fetched one at a time. */
final class SessionCheckpoint implements Checkpoint {
  private final Session session;
  private final List<TensorInfo> tensors;
  private final Function<String, Operand<TFloat32>> values;
  private volatile boolean closed;

  SessionCheckpoint(
      Session session, List<TensorInfo> tensors, Function<String, Operand<TFloat32>> values) {
    this.session = session;
    this.tensors = List.copyOf(tensors);
    this.values = values;
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
    if (closed) {
      throw new IllegalStateException(source() + ": closed");
    }
    if (find(name).isEmpty()) {
      throw new NoSuchElementException(name);
    }
    try (Result result = session.runner().fetch(values.apply(name)).run()) {
      target.put(Tensors.memory(result.get(0)));
    }
  }

  @Override
  public ByteBuffer bytes(String name) {
    TensorInfo info = find(name).orElseThrow(() -> new NoSuchElementException(name));
    ByteBuffer copy = ByteBuffer.allocate(Math.toIntExact(info.byteSize()));
    read(name, copy);
    return copy.flip().asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public void close() {
    closed = true;
  }
}
