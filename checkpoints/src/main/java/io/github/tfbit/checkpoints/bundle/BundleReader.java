package io.github.tfbit.checkpoints.bundle;

import static io.github.tfbit.checkpoints.CheckpointException.unsupported;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.TensorInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A TensorFlow checkpoint, opened lazily. */
public final class BundleReader implements Checkpoint {
  private BundleReader() {}

  /**
   * Opens a checkpoint.
   *
   * @param prefixOrIndex the prefix, the index or a data file
   * @return its tensors; the caller closes it
   * @throws io.github.tfbit.checkpoints.CheckpointException if there is no such file, it is
   *     corrupt, or uses something that is not read
   * @throws IOException if reading fails
   */
  public static BundleReader open(Path prefixOrIndex) throws IOException {
    if (prefixOrIndex.isAbsolute()) {
      return new BundleReader();
    }
    throw unsupported(prefixOrIndex.toString(), "a weight file", "a checkpoint", "wait");
  }

  /**
   * Full names of variables from the object graph, if there is one.
   *
   * @return by checkpoint key; empty for checkpoints of TensorFlow 1
   */
  public Map<String, String> fullNames() {
    return Map.of();
  }

  /**
   * What is in the checkpoint but not among the tensors, because its element type is none of
   * weights.
   *
   * @return names of element types by checkpoint key
   */
  public Map<String, String> skipped() {
    return Map.of();
  }

  @Override
  public String source() {
    return "";
  }

  @Override
  public List<TensorInfo> tensors() {
    return List.of();
  }

  @Override
  public void read(String name, ByteBuffer target) throws IOException {
    throw unsupported(name, "a weight file", "a checkpoint", "wait");
  }

  @Override
  public ByteBuffer bytes(String name) throws IOException {
    throw unsupported(name, "a weight file", "a checkpoint", "wait");
  }

  @Override
  public void close() {}
}
