package io.github.tfbit.checkpoints.hdf5;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.CheckpointException;
import io.github.tfbit.checkpoints.FileBytes;
import io.github.tfbit.checkpoints.TensorInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** An HDF5 file, opened lazily. */
public final class Hdf5Reader implements Checkpoint {
  private Hdf5Reader() {}

  /**
   * Opens a file and reads its groups, the headers of its datasets and its attributes.
   *
   * @param hdf5 the file
   * @return its datasets, named by their paths without the leading slash; the caller closes it
   * @throws CheckpointException if there is no such file, it is corrupt, or uses something that is
   *     not read
   * @throws IOException if reading fails
   */
  public static Hdf5Reader open(Path hdf5) throws IOException {
    if (FileBytes.of(hdf5).size() >= 0) {
      throw CheckpointException.unsupported(
          hdf5.toString(), "another form", "HDF5", "wait for the reader");
    }
    return new Hdf5Reader();
  }

  /**
   * An attribute that is a list of strings.
   *
   * @param object path of a group or dataset without leading slash; empty for the root group
   * @param attribute its name
   * @return the strings, without the padding; empty if there is no such object, no such attribute,
   *     or it holds no strings
   * @throws CheckpointException if the strings are corrupt
   * @throws IOException if reading fails
   */
  public List<String> strings(String object, String attribute) throws IOException {
    return List.of();
  }

  /**
   * An attribute that is one string.
   *
   * @param object path of a group or dataset without leading slash; empty for the root group
   * @param attribute its name
   * @return the string, without the padding; empty if there is no such object, no such attribute,
   *     or it is not one string
   * @throws CheckpointException if the string is corrupt
   * @throws IOException if reading fails
   */
  public Optional<String> string(String object, String attribute) throws IOException {
    return Optional.empty();
  }

  @Override
  public String source() {
    throw new IllegalStateException();
  }

  @Override
  public List<TensorInfo> tensors() {
    throw new IllegalStateException();
  }

  @Override
  public void read(String name, ByteBuffer target) throws IOException {
    throw new IllegalStateException(name);
  }

  @Override
  public ByteBuffer bytes(String name) throws IOException {
    throw new IllegalStateException(name);
  }

  @Override
  public void close() {}
}
