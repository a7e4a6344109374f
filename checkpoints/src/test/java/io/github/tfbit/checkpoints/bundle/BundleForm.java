package io.github.tfbit.checkpoints.bundle;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.Checkpoints;
import io.github.tfbit.checkpoints.DType;
import io.github.tfbit.checkpoints.Existing;
import io.github.tfbit.checkpoints.MemoryCheckpoint;
import io.github.tfbit.checkpoints.TensorInfo;
import io.github.tfbit.checkpoints.testing.CheckpointContract;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/** The checkpoints that TensorFlow and this project write. */
enum BundleForm implements CheckpointContract.Form {
  ONE_DATA_FILE,
  THREE_DATA_FILES,
  BFLOAT16_WIDENED,
  HALF_WIDENED,
  DOUBLE_NARROWED;

  @Override
  public Path file(Path dir) {
    return dir.resolve(name() + ".index");
  }

  @Override
  public Checkpoint open(Path dir) throws IOException {
    Path prefix = dir.resolve(name());
    switch (this) {
      case ONE_DATA_FILE -> BundleWriter.write(prefix, CheckpointContract.tiny(), Existing.REFUSE);
      case THREE_DATA_FILES -> sharded().write(prefix);
      case BFLOAT16_WIDENED -> BundleWriter.write(prefix, as(DType.BFLOAT16), Existing.REFUSE);
      case HALF_WIDENED -> BundleWriter.write(prefix, as(DType.FLOAT16), Existing.REFUSE);
      case DOUBLE_NARROWED -> BundleWriter.write(prefix, as(DType.FLOAT64), Existing.REFUSE);
    }
    return Checkpoints.asFloat32(BundleReader.open(prefix));
  }

  private static BundleBuilder sharded() {
    BundleBuilder builder = new BundleBuilder(3);
    MemoryCheckpoint tiny = CheckpointContract.tiny();
    int shard = 0;
    for (TensorInfo t : tiny.tensors()) {
      byte[] bytes = new byte[(int) t.byteSize()];
      tiny.bytes(t.name()).get(bytes);
      builder.tensor(t.name(), 1, t.shape(), shard++, bytes);
    }
    return builder;
  }

  private static MemoryCheckpoint as(DType dtype) {
    MemoryCheckpoint tiny = CheckpointContract.tiny();
    MemoryCheckpoint converted = new MemoryCheckpoint();
    for (TensorInfo t : tiny.tensors()) {
      int elements = (int) t.elements();
      ByteBuffer to = ByteBuffer.allocate(elements * dtype.bytes()).order(ByteOrder.LITTLE_ENDIAN);
      ByteBuffer from = tiny.bytes(t.name());
      while (from.hasRemaining()) {
        put(dtype, from.getFloat(), to);
      }
      converted.add(t.name(), dtype, t.shape(), to.array());
    }
    return converted;
  }

  private static void put(DType dtype, float value, ByteBuffer to) {
    int bits = Float.floatToRawIntBits(value);
    switch (dtype) {
      case BFLOAT16 -> to.putShort((short) (bits >>> 16));
      case FLOAT64 -> to.putDouble(value);
      // binary16 of the few values used here: none of their fractions is longer than 10 bits
      default ->
          to.putShort(
              (short) (value == 0 ? 0 : (((bits >>> 23) - 112) << 10) | ((bits >>> 13) & 0x3ff)));
    }
  }
}
