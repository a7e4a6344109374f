package io.github.tfbit.checkpoints.bundle;

import static io.github.tfbit.checkpoints.CheckpointException.corrupt;
import static io.github.tfbit.checkpoints.CheckpointException.unsupported;

import io.github.tfbit.checkpoints.protos.ProtoReader;
import io.github.tfbit.checkpoints.protos.ProtoWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * The tensor {@value #KEY} of TensorFlow 2: one string that holds {@code
 * tensorflow/core/protobuf/trackable_object_graph.proto}, TrackableObjectGraph.
 */
final class ObjectGraph {
  static final String KEY = "_CHECKPOINTABLE_OBJECT_GRAPH";

  /** {@code DT_STRING} in types.proto. */
  static final int STRING = 7;

  private static final int MAX_SIZE = 16 << 20;

  private ObjectGraph() {}

  /** Full names of variables by checkpoint key. */
  static Map<String, String> fullNames(ShardFile shard, BundleEntry entry, String file)
      throws IOException {
    String where = file + ": " + KEY;
    if (entry.type() != STRING || !entry.shape().isEmpty()) {
      throw corrupt(where, "one string", "type " + entry.type() + " of shape " + entry.shape());
    }
    if (entry.size() > MAX_SIZE) {
      String found = entry.size() + " bytes";
      throw unsupported(where, "at most " + MAX_SIZE + " bytes", found, "name another file");
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) entry.size()).order(ByteOrder.LITTLE_ENDIAN);
    shard.readUnchecked(entry, bytes, where);
    ByteBuffer graph = string(bytes.flip(), entry.crc(), where);
    Map<String, String> names = new LinkedHashMap<>();
    ProtoReader r = ProtoReader.of(graph, where);
    while (r.next()) {
      switch (r.field()) {
        // repeated TrackableObject nodes = 1
        case 1 -> node(r, names);
        default -> r.skip();
      }
    }
    return names;
  }

  /**
   * One string as {@code tensor_bundle.cc} writes it: its length, the masked checksum of the length
   * as uint32, its bytes. The tensor's checksum covers all three, with the length as uint32.
   */
  private static ByteBuffer string(ByteBuffer bytes, int tensorCrc, String where)
      throws IOException {
    int length = Varint.length(bytes, where);
    if (bytes.remaining() != length + 4L) {
      throw corrupt(where, "a length, its checksum and " + length + " bytes", "other lengths");
    }
    int lengthCrc = bytes.getInt();
    ByteBuffer contents = bytes.slice();
    ByteBuffer checked = lengths(length);
    if (MaskedCrc.of(checked.slice(0, 4)) != lengthCrc || crc(checked, contents) != tensorCrc) {
      throw corrupt(where, "a string with its CRC32C", "another CRC32C");
    }
    return contents;
  }

  private static ByteBuffer lengths(int length) {
    ByteBuffer b = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putInt(length);
    return b.putInt(MaskedCrc.of(b.duplicate().flip())).flip();
  }

  private static int crc(ByteBuffer lengths, ByteBuffer contents) {
    CRC32C crc = new CRC32C();
    crc.update(lengths.duplicate());
    crc.update(contents.duplicate());
    return MaskedCrc.mask((int) crc.getValue());
  }

  private static void node(ProtoReader r, Map<String, String> names) throws IOException {
    int outer = r.enter();
    while (r.next()) {
      switch (r.field()) {
        // repeated SerializedTensor attributes = 2: "Serialized data specific to this object."
        case 2 -> attribute(r, names);
        default -> r.skip();
      }
    }
    r.leave(outer);
  }

  private static void attribute(ProtoReader r, Map<String, String> names) throws IOException {
    String fullName = "";
    String key = "";
    int outer = r.enter();
    while (r.next()) {
      switch (r.field()) {
        // string full_name = 2: "The full name of the variable/tensor, if applicable. Used to allow
        // name-based loading of checkpoints which were saved using an object-based API."
        case 2 -> fullName = r.string();
        // string checkpoint_key = 3: "The generated name of the Tensor in the checkpoint."
        case 3 -> key = r.string();
        default -> r.skip();
      }
    }
    r.leave(outer);
    if (!fullName.isEmpty()) {
      names.put(key, fullName);
    }
  }

  /** A root with one child per variable. */
  static byte[] write(List<BundleWriter.Child> children) {
    ProtoWriter root = new ProtoWriter();
    for (int i = 0; i < children.size(); i++) {
      ProtoWriter reference = new ProtoWriter();
      reference.varint(1, i + 1L); // ObjectReference: int32 node_id = 1
      reference.string(2, children.get(i).localName()); // string local_name = 2
      root.message(1, reference); // TrackableObject: repeated ObjectReference children = 1
    }
    ProtoWriter graph = new ProtoWriter();
    graph.message(1, root); // TrackableObjectGraph: repeated TrackableObject nodes = 1
    for (BundleWriter.Child child : children) {
      graph.message(1, node(child));
    }
    return graph.toByteArray();
  }

  private static ProtoWriter node(BundleWriter.Child child) {
    ProtoWriter node = new ProtoWriter();
    if (child.isVariable()) {
      ProtoWriter tensor = new ProtoWriter();
      tensor.string(1, ObjectKeys.VALUE); // SerializedTensor: string name = 1
      tensor.string(2, child.fullName()); // string full_name = 2
      tensor.string(3, ObjectKeys.key(child.localName())); // string checkpoint_key = 3
      node.message(2, tensor); // TrackableObject: repeated SerializedTensor attributes = 2
      node.message(5, new ProtoWriter().varint(1, 1)); // BoolValue has_checkpoint_values = 5
    }
    return node;
  }

  /** A tensor of one string and its masked checksum. */
  record StringTensor(ByteBuffer bytes, int crc) {
    static StringTensor of(byte[] contents) {
      ByteBuffer lengths = lengths(contents.length);
      ByteArrayOutputStream length = new ByteArrayOutputStream();
      Varint.write(length, contents.length);
      ByteBuffer all = ByteBuffer.allocate(length.size() + 4 + contents.length);
      all.put(length.toByteArray()).put(lengths.slice(4, 4)).put(contents).flip();
      return new StringTensor(all, ObjectGraph.crc(lengths, ByteBuffer.wrap(contents)));
    }
  }
}
