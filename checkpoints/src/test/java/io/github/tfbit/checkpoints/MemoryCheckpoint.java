package io.github.tfbit.checkpoints;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tensors in memory, for tests. */
public final class MemoryCheckpoint implements Checkpoint {
  private final Map<String, TensorInfo> infos = new LinkedHashMap<>();
  private final Map<String, ByteBuffer> contents = new LinkedHashMap<>();

  /** Adds a tensor of given bytes. */
  public MemoryCheckpoint add(String name, DType dtype, List<Integer> shape, byte[] bytes) {
    infos.put(name, new TensorInfo(name, dtype, shape));
    contents.put(name, ByteBuffer.wrap(bytes));
    return this;
  }

  /** Adds a float32 tensor. */
  public MemoryCheckpoint add(String name, List<Integer> shape, float... values) {
    ByteBuffer b = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    b.asFloatBuffer().put(values);
    return add(name, DType.FLOAT32, shape, b.array());
  }

  @Override
  public String source() {
    return "memory";
  }

  @Override
  public List<TensorInfo> tensors() {
    return List.copyOf(infos.values());
  }

  @Override
  public void read(String name, ByteBuffer target) {
    target.put(bytes(name));
  }

  @Override
  public ByteBuffer bytes(String name) {
    return contents.get(name).asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public void close() {}
}
