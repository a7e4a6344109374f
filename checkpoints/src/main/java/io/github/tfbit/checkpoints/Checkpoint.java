package io.github.tfbit.checkpoints;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * A lazy map from name to (dtype, shape, bytes). Opening reads names and shapes only; contents are
 * read when asked for, one tensor at a time, and checked against the file's checksums on the way.
 *
 * <p>Safe from any thread. Owns its file: whoever opened it closes it; reading afterwards throws
 * {@link IllegalStateException}.
 */
public interface Checkpoint extends Closeable {
  /**
   * Where the tensors come from, for messages.
   *
   * @return a file name, or a description of generated contents
   */
  String source();

  /**
   * Every tensor.
   *
   * @return in the order of the file
   */
  List<TensorInfo> tensors();

  /**
   * Looks up one tensor.
   *
   * @param name its name
   * @return its description, empty if there is none of that name
   */
  default Optional<TensorInfo> find(String name) {
    return tensors().stream().filter(t -> t.name().equals(name)).findFirst();
  }

  /**
   * Copies one tensor's contents into memory that the caller owns: C order, little-endian.
   *
   * @param name the tensor
   * @param target filled from its position on; needs {@link TensorInfo#byteSize()} bytes, and
   *     direct memory is filled without a detour through the heap
   * @throws CheckpointException if the contents are corrupt; the target then holds garbage
   * @throws java.util.NoSuchElementException if there is no such tensor
   * @throws IOException if reading fails
   */
  void read(String name, ByteBuffer target) throws IOException;

  /**
   * One tensor's contents without a copy where the form of the file allows it.
   *
   * @param name the tensor
   * @return a read-only little-endian view in C order, valid until this checkpoint is closed
   * @throws CheckpointException if the contents are corrupt
   * @throws java.util.NoSuchElementException if there is no such tensor
   * @throws IOException if reading fails
   */
  ByteBuffer bytes(String name) throws IOException;

  /**
   * Hands on one tensor's contents in pieces, for those who read them once from front to end:
   * writers, digests. Never holds more of a tensor in memory than a view of the form of the file
   * needs; {@link #bytes} of a tensor that has to be transposed or widened holds all of it.
   *
   * @param name the tensor
   * @param sink takes the pieces in C order, each read-only or its own, little-endian; together
   *     {@link TensorInfo#byteSize()} bytes
   * @throws CheckpointException if the contents are corrupt; the sink may have seen some of them
   * @throws java.util.NoSuchElementException if there is no such tensor
   * @throws IOException if reading fails, or the sink does
   */
  default void stream(String name, Sink sink) throws IOException {
    sink.accept(bytes(name));
  }

  /** Takes a tensor's contents piece by piece. */
  @FunctionalInterface
  interface Sink {
    /**
     * Takes the next piece.
     *
     * @param piece from its position to its limit, a whole number of elements; valid during the
     *     call
     * @throws IOException if it cannot be taken
     */
    void accept(ByteBuffer piece) throws IOException;
  }

  @Override
  void close() throws IOException;
}
