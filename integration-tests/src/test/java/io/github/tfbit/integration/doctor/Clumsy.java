package io.github.tfbit.integration.doctor;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.TensorInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.function.BiConsumer;

/** A checkpoint with values changed on the way. */
record Clumsy(Checkpoint right, BiConsumer<String, float[]> change) implements Checkpoint {
  @Override
  public String source() {
    return "clumsy";
  }

  @Override
  public List<TensorInfo> tensors() {
    return right.tensors();
  }

  @Override
  public void read(String name, ByteBuffer target) throws IOException {
    target.put(bytes(name));
  }

  @Override
  public ByteBuffer bytes(String name) throws IOException {
    FloatBuffer from = right.bytes(name).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    float[] values = new float[from.remaining()];
    from.get(values);
    change.accept(name, values);
    ByteBuffer changed =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    changed.asFloatBuffer().put(values);
    return changed.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public void close() {
    // The right one is its owner's.
  }
}
