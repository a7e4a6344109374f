package io.github.tfbit.checkpoints.npy;

import io.github.tfbit.checkpoints.AtomicFile;
import io.github.tfbit.checkpoints.DType;
import io.github.tfbit.checkpoints.Existing;
import io.github.tfbit.checkpoints.OutputException;
import io.github.tfbit.checkpoints.TensorInfo;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes one array of known shape piece by piece, byte for byte as {@code np.save} does. It appears
 * on {@link #commit}, whole; closing without a commit leaves nothing.
 *
 * <p>Not safe for several threads. Whoever created it closes it.
 */
public final class NpyWriter implements Closeable {
  private final Path target;
  private final AtomicFile file;
  private final FileChannel channel;
  private final long needed;
  private long written;

  private NpyWriter(Path target, AtomicFile file, FileChannel channel, long needed) {
    this.target = target;
    this.file = file;
    this.channel = channel;
    this.needed = needed;
  }

  /**
   * Starts a file.
   *
   * @param target where it will appear; its folder must exist
   * @param array element type and shape; its name plays no part
   * @param existing what to do if the target exists
   * @return the writer, to be committed and closed
   * @throws OutputException if the target exists and must not, or cannot be written
   */
  public static NpyWriter create(Path target, TensorInfo array, Existing existing)
      throws IOException {
    AtomicFile file = AtomicFile.create(target, existing);
    FileChannel channel = null;
    try {
      channel = FileChannel.open(file.path(), StandardOpenOption.WRITE);
      writeFully(channel, ByteBuffer.wrap(NpyHeader.encode(array.dtype(), array.shape())));
      return new NpyWriter(target, file, channel, array.byteSize());
    } catch (IOException e) {
      if (channel != null) {
        channel.close();
      }
      file.close();
      throw OutputException.whileWriting(target, e);
    }
  }

  /**
   * Starts a file of float32.
   *
   * @param target where it will appear; its folder must exist
   * @param existing what to do if the target exists
   * @param shape sizes of the dimensions
   * @return the writer, to be committed and closed
   * @throws OutputException if the target exists and must not, or cannot be written
   */
  public static NpyWriter float32(Path target, Existing existing, int... shape) throws IOException {
    var dims = java.util.Arrays.stream(shape).boxed().toList();
    return create(target, new TensorInfo("array", DType.FLOAT32, dims), existing);
  }

  /**
   * Appends elements.
   *
   * @param elements all that remains in the buffer, C order, little-endian
   * @throws IllegalArgumentException if the array has no room for them
   * @throws OutputException if the disk is full or cannot be written
   */
  public void write(ByteBuffer elements) throws IOException {
    if (elements.remaining() > needed - written) {
      throw new IllegalArgumentException(
          (target + ": expected at most " + (needed - written) + " more bytes, found ")
              + elements.remaining());
    }
    written += elements.remaining();
    try {
      writeFully(channel, elements);
    } catch (IOException e) {
      throw OutputException.whileWriting(target, e);
    }
  }

  /**
   * Appends float32 elements.
   *
   * @param elements in C order
   * @throws IllegalArgumentException if the array has no room for them
   * @throws OutputException if the disk is full or cannot be written
   */
  public void write(float[] elements) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(elements.length, Float.BYTES));
    bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(elements);
    write(bytes);
  }

  private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /**
   * Moves the file to its target.
   *
   * @throws IllegalStateException if elements are missing
   * @throws OutputException if the target has appeared meanwhile and must not be replaced
   * @throws IOException if moving fails
   */
  public void commit() throws IOException {
    if (written != needed) {
      throw new IllegalStateException(
          target + ": expected " + needed + " bytes of elements, found " + written);
    }
    channel.close();
    file.commit();
  }

  /** Deletes what was written unless it was committed. */
  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      file.close();
    }
  }
}
