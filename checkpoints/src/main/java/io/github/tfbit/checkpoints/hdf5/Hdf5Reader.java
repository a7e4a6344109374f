package io.github.tfbit.checkpoints.hdf5;

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
 * An HDF5 file, opened lazily: the part of the format that Keras and h5py write unless told
 * otherwise. Superblocks 0 to 3; object headers 1 and 2; groups with symbol tables or link
 * messages; contiguous and compact datasets of little-endian float16, bfloat16, float32, float64
 * and int64; attributes of strings. Chunked, compressed and external datasets are refused by name.
 * Soft and external links are never followed.
 *
 * <p>A reader of this project's own, because files come from strangers: io.jhdf 0.9.4 runs out of
 * memory on damaged files (docs/decisions/hdf5.md). This one reads no more structure than the size
 * of the file allows.
 *
 * <p>{@link #bytes} maps a contiguous dataset, {@link #read} fills the target from the file; the
 * Java heap holds no dataset. The format has no checksum over contents, so none is checked.
 */
public final class Hdf5Reader implements Checkpoint {
  private final FileBytes file;
  private final Map<String, Dataset> datasets;
  private final Map<String, Map<String, Attribute>> attributes;

  private Hdf5Reader(FileBytes file, Contents contents) {
    this.file = file;
    this.datasets = new LinkedHashMap<>();
    contents.datasets().forEach(d -> datasets.put(d.info().name(), d));
    this.attributes = contents.attributes();
  }

  /**
   * Opens a file and reads its groups, the headers of its datasets and its attributes.
   *
   * @param hdf5 the file
   * @return its datasets, named by their paths without the leading slash, in the order of their
   *     headers in the file; the caller closes it
   * @throws CheckpointException if there is no such file, it is corrupt, or uses something that is
   *     not read
   * @throws IOException if reading fails
   */
  public static Hdf5Reader open(Path hdf5) throws IOException {
    FileBytes file = FileBytes.of(hdf5);
    try (FileChannel channel = file.open()) {
      return new Hdf5Reader(file, Contents.read(new Structure(channel, file.where())));
    }
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
    try (FileChannel channel = file.open()) {
      Attribute found = attributes.getOrDefault(object, Map.of()).get(attribute);
      return found == null ? List.of() : Strings.of(found, new Structure(channel, file.where()));
    }
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
    List<String> all = strings(object, attribute);
    return all.size() == 1 ? Optional.of(all.get(0)) : Optional.empty();
  }

  @Override
  public String source() {
    return file.where();
  }

  @Override
  public List<TensorInfo> tensors() {
    return datasets.values().stream().map(Dataset::info).toList();
  }

  @Override
  public Optional<TensorInfo> find(String name) {
    return Optional.ofNullable(datasets.get(name)).map(Dataset::info);
  }

  @Override
  public void read(String name, ByteBuffer target) throws IOException {
    Layout layout = require(name).layout();
    int size = (int) layout.length();
    if (target.remaining() < size) {
      throw new BufferOverflowException();
    }
    try (FileChannel channel = file.open()) {
      ByteBuffer piece = target.slice(target.position(), size);
      if (layout.compact().isPresent()) {
        piece.put(layout.compact().get().duplicate());
      } else {
        Structure.fill(channel, layout.address(), piece, where(name));
      }
    }
    target.position(target.position() + size);
  }

  @Override
  public ByteBuffer bytes(String name) throws IOException {
    Layout layout = require(name).layout();
    try (FileChannel channel = file.open()) {
      ByteBuffer contents =
          layout.compact().isPresent() || layout.length() == 0
              ? layout.compact().orElse(ByteBuffer.allocate(0))
              : channel.map(FileChannel.MapMode.READ_ONLY, layout.address(), layout.length());
      return contents.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }
  }

  private Dataset require(String name) {
    Dataset dataset = datasets.get(name);
    if (dataset == null) {
      throw new NoSuchElementException(source() + ": no tensor '" + name + "'");
    }
    return dataset;
  }

  private String where(String name) {
    return source() + ": tensor '" + name + "'";
  }

  @Override
  public void close() {
    file.close();
  }
}
