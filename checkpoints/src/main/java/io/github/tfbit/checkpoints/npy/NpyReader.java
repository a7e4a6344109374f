package io.github.tfbit.checkpoints.npy;

import static io.github.tfbit.checkpoints.CheckpointException.corrupt;
import static io.github.tfbit.checkpoints.CheckpointException.unsupported;

import io.github.tfbit.checkpoints.CheckpointException;
import io.github.tfbit.checkpoints.DType;
import io.github.tfbit.checkpoints.FileBytes;
import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.checkpoints.TensorInfo;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * One array in a file of its own, read in rows (along its first dimension), of any size.
 *
 * <p>Safe from any thread. Whoever opened it closes it.
 */
public final class NpyReader implements Closeable {
  private final FileBytes file;
  private final NpyHeader header;

  private NpyReader(FileBytes file, NpyHeader header) {
    this.file = file;
    this.header = header;
  }

  /**
   * Opens a file and reads its header.
   *
   * @param npy the file
   * @return the array; the caller closes it
   * @throws CheckpointException if there is no such file, it is corrupt, or uses something that is
   *     not read, which Fortran order is here
   * @throws IOException if reading fails
   */
  public static NpyReader open(Path npy) throws IOException {
    FileBytes file = FileBytes.of(npy);
    try (FileChannel channel = file.open()) {
      NpyHeader header = NpyHeader.read(channel, file.where());
      header.requireContents(file.size() - header.length(), file.where());
      if (header.fortranOrder() && header.shape().size() > 1) {
        throw unsupported(
            file.where(),
            "an array in C order",
            "Fortran order",
            "save it again with np.save(file, np.ascontiguousarray(array))");
      }
      return new NpyReader(file, header);
    }
  }

  /**
   * The array's description.
   *
   * @return element type and shape, under the file's name
   */
  public TensorInfo info() {
    return header.info(file.where());
  }

  /**
   * Refuses an array of another kind than is needed.
   *
   * @param dtype the element type needed
   * @param rank the number of dimensions needed
   * @param meaning of the array, for the message, such as {@code images, NHWC}
   * @throws CheckpointException.Mismatch if the array has another element type or rank
   */
  public void require(DType dtype, int rank, String meaning) throws IOException {
    if (header.dtype() != dtype || header.shape().size() != rank) {
      throw new CheckpointException.Mismatch(
          new Problem(
              dtype + " with " + rank + " dimensions: " + meaning,
              header.dtype() + " of shape " + header.shape(),
              file.where(),
              "convert it with numpy, astype and reshape, and save it again"));
    }
  }

  /**
   * Reads consecutive rows.
   *
   * @param first row, from 0
   * @param count of rows
   * @param target filled from its position on, C order, little-endian
   * @throws IndexOutOfBoundsException if there are no such rows
   * @throws java.nio.BufferOverflowException if the target has no room for them
   * @throws IOException if reading fails
   */
  public void readRows(long first, int count, ByteBuffer target) throws IOException {
    long rows = header.shape().isEmpty() ? 1 : header.shape().get(0);
    java.util.Objects.checkFromIndexSize(first, count, rows);
    long rowBytes = rows == 0 ? 0 : info().byteSize() / rows;
    long size = Math.multiplyExact(rowBytes, count);
    if (size > target.remaining()) {
      throw new java.nio.BufferOverflowException();
    }
    ByteBuffer piece = target.slice(target.position(), (int) size);
    long at = header.length() + first * rowBytes;
    try (FileChannel channel = file.open()) {
      while (piece.hasRemaining()) {
        if (channel.read(piece, at + piece.position()) < 0) {
          throw corrupt(file.where(), piece.remaining() + " more bytes", "the end of the file");
        }
      }
    }
    target.position(target.position() + (int) size);
  }

  @Override
  public void close() {
    file.close();
  }
}
