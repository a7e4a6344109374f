package io.github.tfbit.checkpoints.bundle;

import io.github.tfbit.checkpoints.AtomicFile;
import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.Existing;
import io.github.tfbit.checkpoints.OutputException;
import io.github.tfbit.checkpoints.TensorInfo;
import io.github.tfbit.checkpoints.protos.TensorProtos;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Writes a checkpoint (tensor bundle V2) as TensorFlow does: an index and one data file. One tensor
 * is held at a time.
 *
 * <p>Each file appears whole or not at all, the index last: a checkpoint without its index is none.
 */
public final class BundleWriter {
  private static final int CHUNK = 1 << 20;

  private BundleWriter() {}

  /**
   * A child of the root object in the object graph.
   *
   * @param localName the edge's name
   * @param fullName the variable's name; empty if the child is no variable
   */
  public record Child(String localName, String fullName) {
    boolean isVariable() {
      return !fullName.isEmpty();
    }
  }

  /**
   * Writes a checkpoint without an object graph, as TensorFlow 1's Saver does.
   *
   * @param prefix path and beginning of both files' names, in a folder that exists
   * @param weights the tensors, in the order in which they are to be in the data file; their names
   *     become keys
   * @param existing what to do if a file exists
   * @throws OutputException if a file exists and must not, the disk is full or cannot be written
   * @throws IOException if the weights cannot be read
   */
  public static void write(Path prefix, Checkpoint weights, Existing existing) throws IOException {
    write(prefix, weights, UnaryOperator.identity(), List.of(), existing);
  }

  /**
   * Writes a checkpoint with an object graph whose root has every variable as a child.
   *
   * @param prefix path and beginning of both files' names, in a folder that exists
   * @param weights the tensors, in the order in which they are to be in the data file
   * @param localName the name of the edge to a variable, from a tensor's name
   * @param children all children of the root, in the order of their nodes from 1 on
   * @param existing what to do if a file exists
   * @throws OutputException if a file exists and must not, the disk is full or cannot be written
   * @throws IOException if the weights cannot be read
   */
  public static void writeObjects(
      Path prefix,
      Checkpoint weights,
      UnaryOperator<String> localName,
      List<Child> children,
      Existing existing)
      throws IOException {
    write(prefix, weights, name -> ObjectKeys.key(localName.apply(name)), children, existing);
  }

  private static void write(
      Path prefix,
      Checkpoint weights,
      UnaryOperator<String> key,
      List<Child> children,
      Existing existing)
      throws IOException {
    Path index = prefix.resolveSibling(prefix.getFileName() + BundleFiles.INDEX);
    try (AtomicFile dataFile = AtomicFile.create(ShardFile.path(prefix, 0, 1), existing);
        AtomicFile indexFile = AtomicFile.create(index, existing)) {
      try {
        Files.write(indexFile.path(), index(dataFile.path(), weights, key, children));
      } catch (IOException e) {
        throw OutputException.whileWriting(prefix, e);
      }
      dataFile.commit();
      indexFile.commit();
    }
  }

  /** Writes the data file and returns the bytes of the index. */
  private static byte[] index(
      Path file, Checkpoint weights, UnaryOperator<String> key, List<Child> children)
      throws IOException {
    Map<byte[], byte[]> entries = new TreeMap<>(Arrays::compareUnsigned);
    entries.put(new byte[0], BundleHeader.one());
    try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
      for (TensorInfo t : weights.tensors()) {
        int type = TensorProtos.number(t.dtype());
        byte[] entry = tensor(out, type, t.shape(), contents(weights, t));
        put(entries, key.apply(t.name()), entry);
      }
      if (!children.isEmpty()) {
        var graph = ObjectGraph.StringTensor.of(ObjectGraph.write(children));
        long at = out.position();
        int size = graph.bytes().remaining();
        write(out, graph.bytes());
        byte[] entry = BundleEntry.write(ObjectGraph.STRING, List.of(), at, size, graph.crc());
        put(entries, ObjectGraph.KEY, entry);
      }
    }
    TableWriter table = new TableWriter();
    entries.forEach(table::add);
    return table.finish();
  }

  private static void put(Map<byte[], byte[]> entries, String key, byte[] entry) {
    if (entries.put(key.getBytes(StandardCharsets.UTF_8), entry) != null) {
      throw new IllegalArgumentException(
          "expected each key once and not empty, found '" + key + "'");
    }
  }

  private static ByteBuffer contents(Checkpoint weights, TensorInfo tensor) throws IOException {
    ByteBuffer contents = weights.bytes(tensor.name());
    if (contents.remaining() != tensor.byteSize()) {
      throw new IllegalStateException(
          "expected "
              + tensor.byteSize()
              + (" bytes of " + tensor.name() + " from " + weights.source())
              + (", found " + contents.remaining()));
    }
    return contents;
  }

  private static byte[] tensor(FileChannel out, int type, List<Integer> shape, ByteBuffer contents)
      throws IOException {
    long at = out.position();
    int size = contents.remaining();
    int crc = MaskedCrc.of(contents);
    write(out, contents);
    return BundleEntry.write(type, shape, at, size, crc);
  }

  /** Writes in pieces: heap memory is copied by the JDK, all that it is given at once. */
  private static void write(FileChannel out, ByteBuffer bytes) throws IOException {
    int end = bytes.limit();
    while (bytes.position() < end) {
      bytes.limit(Math.min(end, bytes.position() + CHUNK));
      out.write(bytes);
    }
    bytes.limit(end);
  }
}
