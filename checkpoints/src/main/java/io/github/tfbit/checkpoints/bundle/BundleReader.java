package io.github.tfbit.checkpoints.bundle;

import static io.github.tfbit.checkpoints.CheckpointException.corrupt;
import static io.github.tfbit.checkpoints.CheckpointException.unsupported;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.DType;
import io.github.tfbit.checkpoints.FileBytes;
import io.github.tfbit.checkpoints.TensorInfo;
import io.github.tfbit.checkpoints.protos.TensorProtos;
import java.io.IOException;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * A TensorFlow checkpoint (tensor bundle V2), opened lazily: an index and one or several data
 * files. Names are checkpoint keys.
 *
 * <p>{@link #tensors} are in the order of the data files and of the bytes in each. For TensorFlow 2
 * that is the order in which the network created its variables; TensorFlow 1 writes them sorted by
 * name, as the index always is. {@link #bytes} maps, {@link #read} reads into the target; both
 * check the tensor's CRC32C each time. Tensors of other types than weights have are {@link
 * #skipped}.
 */
public final class BundleReader implements Checkpoint {
  private record Tensor(TensorInfo info, BundleEntry entry, ShardFile shard) {}

  private final FileBytes index;
  private final Map<Integer, ShardFile> shards = new HashMap<>();
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();
  private final Map<String, String> skipped = new LinkedHashMap<>();
  private Map<String, String> fullNames = Map.of();

  private BundleReader(FileBytes index) {
    this.index = index;
  }

  /**
   * Opens a checkpoint: reads its index and, if there is one, its object graph.
   *
   * @param prefixOrIndex what all its files' names begin with, or one of them
   * @return its tensors; the caller closes it
   * @throws io.github.tfbit.checkpoints.CheckpointException if there is no such file, it is
   *     corrupt, or uses something that is not read
   * @throws IOException if reading fails
   */
  public static BundleReader open(Path prefixOrIndex) throws IOException {
    BundleFiles files = BundleFiles.of(prefixOrIndex);
    BundleReader reader = new BundleReader(FileBytes.of(files.index()));
    reader.load(files);
    return reader;
  }

  private void load(BundleFiles files) throws IOException {
    BundleIndex read = BundleIndex.read(index);
    var inFileOrder =
        read.entries().entrySet().stream()
            .sorted(
                Map.Entry.comparingByValue(
                    Comparator.comparingLong(BundleEntry::shard)
                        .thenComparingLong(BundleEntry::offset)
                        .thenComparingLong(BundleEntry::size)))
            .toList();
    for (var keyed : inFileOrder) {
      int number = (int) keyed.getValue().shard();
      ShardFile shard = shards.get(number);
      if (shard == null) {
        Path path = ShardFile.path(files.prefix(), number, read.shards());
        shard = ShardFile.of(path, files.index());
        shards.put(number, shard);
      }
      add(keyed.getKey(), keyed.getValue(), shard);
    }
  }

  private void add(String key, BundleEntry entry, ShardFile shard) throws IOException {
    shard.require(entry, where(key));
    Optional<DType> dtype = TensorProtos.dtype(entry.type());
    if (dtype.isPresent()) {
      tensors.put(key, new Tensor(info(key, dtype.get(), entry), entry, shard));
    } else if (key.equals(ObjectGraph.KEY)) {
      fullNames = Collections.unmodifiableMap(ObjectGraph.fullNames(shard, entry, source()));
    } else {
      skipped.put(key, TensorProtos.name(entry.type()));
    }
  }

  private TensorInfo info(String key, DType dtype, BundleEntry entry) throws IOException {
    List<Long> shape = entry.shape();
    if (shape.stream().anyMatch(d -> d < 0 || d > Integer.MAX_VALUE)) {
      throw corrupt(where(key), "a shape", shape.toString());
    }
    TensorInfo info = new TensorInfo(key, dtype, shape.stream().map(Long::intValue).toList());
    long bytes;
    try {
      bytes = info.byteSize();
    } catch (ArithmeticException e) {
      throw corrupt(where(key), entry.size() + " bytes", "the shape " + shape);
    }
    if (bytes != entry.size()) {
      throw corrupt(
          where(key), bytes + " bytes of " + dtype + " " + shape, entry.size() + " bytes");
    }
    if (bytes > Integer.MAX_VALUE) {
      throw unsupported(
          where(key),
          "at most 2 GiB for one tensor",
          bytes + " bytes",
          "no BiT model has such a tensor; split it");
    }
    return info;
  }

  /**
   * Full names of variables from the object graph, if there is one.
   *
   * @return by checkpoint key; empty for checkpoints of TensorFlow 1, whose keys are the names
   */
  public Map<String, String> fullNames() {
    return fullNames;
  }

  /**
   * What is in the checkpoint but not among the tensors, because its element type is none of
   * weights; the object graph is not counted.
   *
   * @return TensorFlow's names of the element types, by checkpoint key
   */
  public Map<String, String> skipped() {
    return Collections.unmodifiableMap(skipped);
  }

  @Override
  public String source() {
    return index.where();
  }

  @Override
  public List<TensorInfo> tensors() {
    return tensors.values().stream().map(Tensor::info).toList();
  }

  @Override
  public Optional<TensorInfo> find(String name) {
    return Optional.ofNullable(tensors.get(name)).map(Tensor::info);
  }

  @Override
  public void read(String name, ByteBuffer target) throws IOException {
    Tensor tensor = require(name);
    if (target.remaining() < tensor.entry().size()) {
      throw new BufferOverflowException();
    }
    tensor.shard().read(tensor.entry(), target, where(name));
  }

  @Override
  public ByteBuffer bytes(String name) throws IOException {
    Tensor tensor = require(name);
    ByteBuffer bytes = tensor.shard().map(tensor.entry(), where(name));
    return bytes.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  private Tensor require(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new NoSuchElementException(source() + ": no tensor '" + name + "'");
    }
    return tensor;
  }

  private String where(String key) {
    return BundleIndex.tensor(source(), key);
  }

  @Override
  public void close() {
    index.close();
    shards.values().forEach(ShardFile::close);
  }
}
