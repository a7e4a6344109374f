package io.github.tfbit.features;

import io.github.tfbit.checkpoints.CheckpointException;
import io.github.tfbit.checkpoints.DType;
import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.checkpoints.npy.NpyReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A row of float32 for each picture of a data set: a numpy file of shape {@code [rows, …]} in C
 * order, mapped into memory. Safe from any thread. The mapping ends when nothing refers to this any
 * more.
 */
public final class FeatureFile {
  /** A mapping is at most 2 GiB long, and holds whole rows. */
  private static final long MOST_MAPPED = 1L << 30;

  private final Path path;
  private final List<Integer> shape;
  private final int rows;
  private final int rowLength;
  private final int rowsPerMap;
  private final List<ByteBuffer> maps;
  private final Optional<int[]> some;

  private FeatureFile(FeatureFile of, int[] some) {
    this.path = of.path;
    this.shape = of.shape;
    this.rows = some.length;
    this.rowLength = of.rowLength;
    this.rowsPerMap = of.rowsPerMap;
    this.maps = of.maps;
    this.some = Optional.of(some);
  }

  private FeatureFile(Path path, List<Integer> shape, int rows, List<ByteBuffer> maps) {
    this.some = Optional.empty();
    this.path = path;
    this.shape = shape;
    this.rows = rows;
    this.rowLength = length(shape);
    this.rowsPerMap = rowsPerMap(shape);
    this.maps = maps;
  }

  /**
   * Maps a file.
   *
   * @param path of a {@code .npy} file
   * @return its rows
   * @throws CheckpointException if it is no array of float32 in C order with two dimensions or more
   * @throws IOException if it cannot be read
   */
  public static FeatureFile open(Path path) throws IOException {
    List<Integer> whole;
    long start;
    try (NpyReader reader = NpyReader.open(path)) {
      if (reader.info().dtype() != DType.FLOAT32 || reader.info().shape().size() < 2) {
        throw new CheckpointException.Mismatch(
            new Problem(
                "float32 rows",
                reader.info().dtype() + " of shape " + reader.info().shape(),
                path.toString(),
                "delete it: it is computed again"));
      }
      whole = reader.info().shape();
      start = Files.size(path) - reader.info().byteSize();
    }
    List<Integer> shape = List.copyOf(whole.subList(1, whole.size()));
    int rows = whole.get(0);
    long rowBytes = (long) length(shape) * Float.BYTES;
    List<ByteBuffer> maps = new ArrayList<>();
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      for (int row = 0; row < rows; row += rowsPerMap(shape)) {
        int count = Math.min(rowsPerMap(shape), rows - row);
        maps.add(
            channel
                .map(MapMode.READ_ONLY, start + row * rowBytes, count * rowBytes)
                .order(ByteOrder.LITTLE_ENDIAN));
      }
    }
    return new FeatureFile(path, shape, rows, maps);
  }

  private static int length(List<Integer> shape) {
    return shape.stream().reduce(1, Math::multiplyExact);
  }

  private static int rowsPerMap(List<Integer> shape) {
    return (int) Math.max(1, MOST_MAPPED / ((long) length(shape) * Float.BYTES));
  }

  /**
   * How many rows there are.
   *
   * @return one per picture
   */
  public int rows() {
    return rows;
  }

  /**
   * Some of the rows; the same file and memory.
   *
   * @param which rows, in any order
   * @return those
   */
  public FeatureFile rows(int[] which) {
    for (int row : which) {
      Objects.checkIndex(row, rows);
    }
    int[] inFile = some.map(s -> Arrays.stream(which).map(r -> s[r]).toArray()).orElse(which);
    return new FeatureFile(this, inFile.clone());
  }

  /**
   * The shape of one row.
   *
   * @return such as {@code [features]}
   */
  public List<Integer> shape() {
    return shape;
  }

  /**
   * Copies a row.
   *
   * @param row from 0
   * @param into filled from its position on
   * @throws IndexOutOfBoundsException if there is no such row
   */
  public void read(int row, FloatBuffer into) {
    Objects.checkIndex(row, rows);
    int inFile = some.isPresent() ? some.get()[row] : row;
    FloatBuffer map = maps.get(inFile / rowsPerMap).asFloatBuffer();
    into.put(map.slice(inFile % rowsPerMap * rowLength, rowLength));
  }

  /** The checksum of all rows: CRC-32C of their bytes. */
  long checksum() {
    CRC32C crc = new CRC32C();
    maps.forEach(m -> crc.update(m.duplicate()));
    return crc.getValue();
  }

  /** Rows, their shape and where. */
  @Override
  public String toString() {
    return rows + " rows of " + shape + " in " + path;
  }
}
