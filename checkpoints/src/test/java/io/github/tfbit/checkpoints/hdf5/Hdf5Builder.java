package io.github.tfbit.checkpoints.hdf5;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.DType;
import io.github.tfbit.checkpoints.TensorInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Writes HDF5 as the library does by default: superblock 0, object headers 1, symbol tables,
 * contiguous datasets, attributes of strings of one length.
 */
public final class Hdf5Builder {
  private static final long UNDEFINED = -1;
  private static final int ENTRIES = 8;

  private static final class Node {
    private final Map<String, Node> children = new LinkedHashMap<>();
    private final Map<String, List<String>> attributes = new LinkedHashMap<>();
    private TensorInfo info;
    private ByteBuffer contents;
    private long header = UNDEFINED;
  }

  private final Node root = new Node();
  private ByteBuffer file = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
  private int layoutVersion = 3;

  /** Writes data layout messages of another version, 1 or 3. */
  public Hdf5Builder layoutVersion(int version) {
    layoutVersion = version;
    return this;
  }

  /** Adds a dataset of float32, float64 or int64 under a path. */
  public Hdf5Builder dataset(String path, DType dtype, List<Integer> shape, ByteBuffer contents) {
    Node node = node(path);
    node.info = new TensorInfo(path, dtype, shape);
    node.contents = contents;
    return this;
  }

  /** Adds all tensors of a checkpoint under their names. */
  public Hdf5Builder datasets(Checkpoint from) throws IOException {
    for (TensorInfo t : from.tensors()) {
      dataset(t.name(), t.dtype(), t.shape(), from.bytes(t.name()));
    }
    return this;
  }

  /** Makes an existing object a member of another group, too. */
  public Hdf5Builder alias(String path, String existing) {
    int last = path.lastIndexOf('/');
    node(path.substring(0, Math.max(0, last)))
        .children
        .put(path.substring(last + 1), node(existing));
    return this;
  }

  /** Adds an attribute to a group or dataset; the empty path is the root group. */
  public Hdf5Builder attribute(String path, String name, List<String> values) {
    node(path).attributes.put(name, List.copyOf(values));
    return this;
  }

  /** Adds an empty group. */
  public Hdf5Builder group(String path) {
    node(path);
    return this;
  }

  private Node node(String path) {
    Node node = root;
    for (String segment : path.isEmpty() ? new String[0] : path.split("/", -1)) {
      node = node.children.computeIfAbsent(segment, s -> new Node());
    }
    return node;
  }

  /** The file. */
  public byte[] build() {
    byte[] all = new byte[fill()];
    file.get(0, all);
    return all;
  }

  /**
   * Writes a large file without a copy of it in the heap.
   *
   * @param capacity bytes that the file will not exceed
   */
  Path write(Path target, int capacity) throws IOException {
    try (FileChannel channel =
        FileChannel.open(target, Set.of(CREATE_NEW, StandardOpenOption.READ, WRITE))) {
      file = channel.map(FileChannel.MapMode.READ_WRITE, 0, capacity);
      file.order(ByteOrder.LITTLE_ENDIAN);
      channel.truncate(fill());
    }
    return target;
  }

  /** Fills the buffer, and returns how far. */
  private int fill() {
    allocate(96);
    write(root);
    ByteBuffer b = file;
    b.put(0, Superblock.SIGNATURE.getBytes(StandardCharsets.ISO_8859_1));
    b.put(13, (byte) 8).put(14, (byte) 8);
    b.putShort(16, (short) (ENTRIES / 2)).putShort(18, (short) 16);
    b.putLong(32, UNDEFINED).putLong(40, b.position()).putLong(48, UNDEFINED);
    b.putLong(64, root.header);
    return b.position();
  }

  /** Room at the end, in multiples of eight bytes. */
  private int allocate(int size) {
    int at = file.position();
    int end = at + (size + 7) / 8 * 8;
    if (end > file.capacity()) {
      ByteBuffer larger = ByteBuffer.allocate(2 * end).order(ByteOrder.LITTLE_ENDIAN);
      larger.put(file.flip());
      file = larger;
    }
    file.position(end);
    return at;
  }

  /** Children first, so that their addresses are known; a circle ends in a header of 0. */
  private void write(Node node) {
    if (node.header != UNDEFINED) {
      return;
    }
    node.header = 0;
    node.children.values().forEach(this::write);
    List<byte[]> messages = node.info == null ? groupMessages(node) : datasetMessages(node);
    node.attributes.forEach((name, values) -> messages.add(attribute(name, values)));
    int size = messages.stream().mapToInt(m -> m.length).sum();
    int at = allocate(16 + size);
    node.header = at;
    file.put(at, (byte) 1).putShort(at + 2, (short) messages.size()).putInt(at + 4, 1);
    file.putInt(at + 8, size);
    at += 16;
    for (byte[] message : messages) {
      file.put(at, message);
      at += message.length;
    }
  }

  private List<byte[]> groupMessages(Node node) {
    Map<String, Long> sorted = new TreeMap<>();
    node.children.forEach((name, child) -> sorted.put(name, child.header));
    int heapSize = 8 + sorted.keySet().stream().mapToInt(n -> padded(n.length() + 1)).sum();
    int names = allocate(heapSize);
    List<Integer> nodes = new ArrayList<>();
    List<Integer> last = new ArrayList<>();
    int name = 8;
    int i = 0;
    for (Map.Entry<String, Long> e : sorted.entrySet()) {
      if (i++ % ENTRIES == 0) {
        nodes.add(symbols(Math.min(ENTRIES, sorted.size() - i + 1)));
        last.add(name);
      }
      last.set(last.size() - 1, name);
      int entry = nodes.get(nodes.size() - 1) + 8 + 40 * ((i - 1) % ENTRIES);
      file.putLong(entry, name).putLong(entry + 8, e.getValue());
      file.put(names + name, e.getKey().getBytes(StandardCharsets.UTF_8));
      name += padded(e.getKey().length() + 1);
    }
    int heap = allocate(32);
    file.put(heap, "HEAP".getBytes(StandardCharsets.US_ASCII));
    file.putLong(heap + 8, heapSize).putLong(heap + 16, 1).putLong(heap + 24, names);
    ByteBuffer body = body(16).putLong(tree(nodes, last)).putLong(heap);
    return new ArrayList<>(List.of(message(0x11, body)));
  }

  private int symbols(int count) {
    int at = allocate(8 + 40 * ENTRIES);
    file.put(at, "SNOD".getBytes(StandardCharsets.US_ASCII)).put(at + 4, (byte) 1);
    file.putShort(at + 6, (short) count);
    return at;
  }

  /** Key 0 is the empty name, key i + 1 the last name in node i. */
  private int tree(List<Integer> nodes, List<Integer> last) {
    int at = allocate(24 + 8 + 16 * Math.max(32, nodes.size()));
    file.put(at, "TREE".getBytes(StandardCharsets.US_ASCII)).putShort(at + 6, (short) nodes.size());
    file.putLong(at + 8, UNDEFINED).putLong(at + 16, UNDEFINED);
    for (int i = 0; i < nodes.size(); i++) {
      file.putLong(at + 32 + 16 * i, nodes.get(i)).putLong(at + 40 + 16 * i, last.get(i));
    }
    return at;
  }

  private List<byte[]> datasetMessages(Node node) {
    int size = node.contents.remaining();
    int contents = allocate(size);
    file.put(contents, node.contents, node.contents.position(), size);
    long address = size == 0 ? UNDEFINED : contents;
    ByteBuffer layout =
        layoutVersion == 3
            ? body(18).put((byte) 3).put((byte) 1).putLong(address).putLong(size)
            : firstLayout(node.info, address);
    return new ArrayList<>(
        List.of(
            message(0x01, dataspace(node.info.shape())),
            message(0x03, datatype(node.info.dtype())),
            message(0x08, layout)));
  }

  /** Version 1: the element's size is one more dimension. */
  private static ByteBuffer firstLayout(TensorInfo info, long address) {
    int rank = info.shape().size() + 1;
    ByteBuffer b = body(16 + 4 * rank).put((byte) 1).put((byte) rank).put((byte) 1);
    b.position(8).putLong(address);
    info.shape().forEach(d -> b.putInt(d));
    return b.putInt(info.dtype().bytes());
  }

  private static ByteBuffer dataspace(List<Integer> shape) {
    ByteBuffer b = body(8 + 8 * shape.size());
    b.put((byte) 1).put((byte) shape.size()).position(8);
    shape.forEach(d -> b.putLong(d));
    return b;
  }

  private static ByteBuffer datatype(DType dtype) {
    int bits = 8 * dtype.bytes();
    if (dtype == DType.INT64) {
      return body(12).put((byte) 0x10).put((byte) 8).putInt(4, 8).putShort(10, (short) bits);
    }
    boolean single = dtype == DType.FLOAT32;
    ByteBuffer b = body(20).put((byte) 0x11).put((byte) 0x20).put((byte) (bits - 1));
    b.putInt(4, dtype.bytes()).putShort(10, (short) bits);
    b.put(12, (byte) (single ? 23 : 52)).put(13, (byte) (single ? 8 : 11));
    return b.put(15, (byte) (single ? 23 : 52)).putInt(16, single ? 127 : 1023);
  }

  /** Version 1, of strings filled with zero bytes. */
  private static byte[] attribute(String name, List<String> values) {
    int width = Math.max(1, values.stream().mapToInt(String::length).max().orElse(1));
    int nameSize = name.length() + 1;
    ByteBuffer b = body(8 + padded(nameSize) + 8 + 16 + width * values.size());
    b.put((byte) 1).put((byte) 0).putShort((short) nameSize).putShort((short) 8);
    b.putShort((short) 16).put(name.getBytes(StandardCharsets.US_ASCII));
    b.position(8 + padded(nameSize));
    b.put((byte) 0x13).put((byte) 1).putShort((short) 0).putInt(width);
    b.put(dataspace(List.of(values.size())).flip().limit(16));
    for (int i = 0; i < values.size(); i++) {
      int at = 8 + padded(nameSize) + 8 + 16 + i * width;
      b.put(at, values.get(i).getBytes(StandardCharsets.US_ASCII));
    }
    return message(0x0C, b);
  }

  private static ByteBuffer body(int size) {
    return ByteBuffer.allocate(padded(size)).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] message(int type, ByteBuffer body) {
    ByteBuffer m = ByteBuffer.allocate(8 + body.capacity()).order(ByteOrder.LITTLE_ENDIAN);
    m.putShort((short) type).putShort((short) body.capacity());
    return m.position(8).put(body.clear()).array();
  }

  private static int padded(int size) {
    return (size + 7) / 8 * 8;
  }
}
