package io.github.tfbit.integration.cli;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.DType;
import io.github.tfbit.checkpoints.TensorInfo;
import io.github.tfbit.converters.testing.SeededCheckpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tiny network's weights with something wrong on purpose. */
final class EditedCheckpoint implements Checkpoint {
  private static final String CONVOLUTION = "standardized_conv2d";

  private final Map<String, TensorInfo> tensors = new LinkedHashMap<>();
  private final Map<String, byte[]> contents = new LinkedHashMap<>();

  EditedCheckpoint() throws IOException {
    try (Checkpoint seeded = SeededCheckpoint.of(Fixtures.TINY, Fixtures.CLASSES, 1)) {
      for (TensorInfo t : seeded.tensors()) {
        byte[] bytes = new byte[(int) t.byteSize()];
        seeded.read(t.name(), ByteBuffer.wrap(bytes));
        put(t, bytes);
      }
    }
  }

  private void put(TensorInfo t, byte[] bytes) {
    tensors.put(t.name(), t);
    contents.put(t.name(), bytes);
  }

  EditedCheckpoint without(String name) {
    tensors.remove(name);
    return this;
  }

  EditedCheckpoint with(String name, Integer... shape) {
    TensorInfo t = new TensorInfo(name, DType.FLOAT32, List.of(shape));
    put(t, new byte[(int) t.byteSize()]);
    return this;
  }

  EditedCheckpoint withNaN(String name, int element) {
    ByteBuffer.wrap(contents.get(name))
        .order(ByteOrder.LITTLE_ENDIAN)
        .putFloat(Float.BYTES * element, Float.NaN);
    return this;
  }

  /** As some published files have it: every convolution but the first has a number. */
  EditedCheckpoint numbered() {
    List<TensorInfo> before = tensors();
    tensors.clear();
    int n = 0;
    for (TensorInfo t : before) {
      boolean counted = t.name().contains("unit") && t.name().contains(CONVOLUTION);
      n += counted ? 1 : 0;
      String name = counted ? t.name().replace(CONVOLUTION, CONVOLUTION + "_" + n) : t.name();
      put(new TensorInfo(name, t.dtype(), t.shape()), contents.remove(t.name()));
    }
    return this;
  }

  @Override
  public String source() {
    return "edited weights";
  }

  @Override
  public List<TensorInfo> tensors() {
    return new ArrayList<>(tensors.values());
  }

  @Override
  public void read(String name, ByteBuffer target) {
    target.put(contents.get(name));
  }

  @Override
  public ByteBuffer bytes(String name) {
    return ByteBuffer.wrap(contents.get(name)).asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public void close() {}
}
