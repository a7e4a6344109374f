package io.github.tfbit.checkpoints.safetensors;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.CheckpointException;
import io.github.tfbit.checkpoints.FileBytes;
import io.github.tfbit.checkpoints.TensorInfo;
import java.io.IOException;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * A safetensors file, opened lazily. Tensors come in the order of their contents, which is the
 * order to read them in; the header's own order means nothing.
 *
 * <p>{@link #bytes} maps, {@link #read} reads straight into the target; the Java heap holds no
 * tensor. The format has no checksums: damage within a tensor's contents cannot be noticed.
 */
public final class SafetensorsReader implements Checkpoint {
  /** Small enough that the JDK's own buffer, of a heap target's size, stays small. */
  private static final int CHUNK = 1 << 20;

  private final FileBytes file;
  private final Map<String, StoredTensor> tensors;
  private final Map<String, String> metadata;

  private SafetensorsReader(
      FileBytes file, Map<String, StoredTensor> tensors, Map<String, String> metadata) {
    this.file = file;
    this.tensors = tensors;
    this.metadata = metadata;
  }

  /**
   * Opens a file and reads its header.
   *
   * @param safetensors the file
   * @return its tensors; the caller closes it
   * @throws CheckpointException if there is no such file, it is corrupt, or uses something that is
   *     not read
   * @throws IOException if reading fails
   */
  public static SafetensorsReader open(Path safetensors) throws IOException {
    FileBytes file = FileBytes.of(safetensors);
    try (FileChannel channel = file.open()) {
      HeaderReader header = HeaderReader.read(channel, file);
      Map<String, StoredTensor> tensors = new LinkedHashMap<>();
      for (StoredTensor t : header.tensors()) {
        tensors.put(t.info().name(), t);
      }
      return new SafetensorsReader(file, tensors, header.metadata());
    }
  }

  /**
   * What the file says about itself.
   *
   * @return the header's {@code __metadata__}, empty without one; PyTorch's files have {@code
   *     format: pt}
   */
  public Map<String, String> metadata() {
    return metadata;
  }

  @Override
  public String source() {
    return file.where();
  }

  @Override
  public List<TensorInfo> tensors() {
    return tensors.values().stream().map(StoredTensor::info).toList();
  }

  @Override
  public Optional<TensorInfo> find(String name) {
    return Optional.ofNullable(tensors.get(name)).map(StoredTensor::info);
  }

  @Override
  public void read(String name, ByteBuffer target) throws IOException {
    StoredTensor tensor = require(name);
    int size = tensor.size();
    if (target.remaining() < size) {
      throw new BufferOverflowException();
    }
    try (FileChannel channel = file.open()) {
      int done = 0;
      while (done < size) {
        ByteBuffer piece = target.slice(target.position() + done, Math.min(CHUNK, size - done));
        int n = channel.read(piece, tensor.offset() + done);
        if (n < 0) {
          throw CheckpointException.corrupt(
              source() + ": tensor '" + name + "'", size + " bytes", "the end of the file");
        }
        done += n;
      }
    }
    target.position(target.position() + size);
  }

  @Override
  public ByteBuffer bytes(String name) throws IOException {
    StoredTensor tensor = require(name);
    try (FileChannel channel = file.open()) {
      return channel
          .map(FileChannel.MapMode.READ_ONLY, tensor.offset(), tensor.size())
          .order(ByteOrder.LITTLE_ENDIAN);
    }
  }

  private StoredTensor require(String name) {
    StoredTensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new NoSuchElementException(source() + ": no tensor '" + name + "'");
    }
    return tensor;
  }

  @Override
  public void close() {
    file.close();
  }
}
