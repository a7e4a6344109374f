package io.github.tfbit.checkpoints.hdf5;

import static io.github.tfbit.checkpoints.CheckpointException.unsupported;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The records of a B-tree of version 2 (the format, III.A.2), of at most two levels. */
final class RecordTree {
  private static final int HEADER = 38;

  /** Signature, version, type; and the checksum at the end. */
  private static final int NODE = 6;

  private static final int CHECKSUM = 4;

  private final Structure s;
  private final int type;
  private final int size;
  private final List<Fields> records = new ArrayList<>();

  private RecordTree(Structure s, int type, int size) {
    this.s = s;
    this.type = type;
    this.size = size;
  }

  /**
   * All records of a tree.
   *
   * @param type 5 for links by name, 8 for attributes by name
   */
  static List<Fields> records(Structure s, long address, int type) throws IOException {
    Fields all = s.at(address, HEADER, "a B-tree");
    Fields f = all.part(HEADER - CHECKSUM);
    Fields.requireChecksum(f, (int) all.u32());
    f.signature("BTHD").only(0, "a B-tree of version").only(type, "a B-tree of type");
    long nodeSize = f.u32();
    RecordTree tree = new RecordTree(s, type, f.u16());
    int depth = f.u16();
    long root = f.skip(2).u64(); // after "Split Percent" and "Merge Percent"
    int count = f.u16();
    if (tree.size == 0 || nodeSize <= NODE + CHECKSUM) {
      throw f.corrupt("records and nodes of a size", tree.size + " and " + nodeSize + " bytes");
    }
    if (depth > 1) {
      throw unsupported(
          s.file(),
          "B-trees of two levels",
          depth + 1 + " levels",
          "save the file with libver='earliest'");
    }
    if (depth == 1) {
      tree.addInternal(root, count, (nodeSize - NODE - CHECKSUM) / tree.size);
    } else if (count > 0) {
      tree.addLeaf(root, count);
    }
    return tree.records;
  }

  private void addInternal(long address, int count, long inLeaf) throws IOException {
    int width = inLeaf < 1 << 8 ? 1 : inLeaf < 1 << 16 ? 2 : 4;
    Fields f = node("BTIN", address, count, (8L + width) * (count + 1));
    for (int i = 0; i <= count; i++) {
      long child = f.u64();
      addLeaf(child, f.unsigned(width));
    }
  }

  private void addLeaf(long address, long count) throws IOException {
    node("BTLF", address, count, 0);
  }

  /** Adds a node's records, and returns what follows them. */
  private Fields node(String signature, long address, long count, long more) throws IOException {
    s.require(address, count, "a B-tree's node");
    long length = NODE + size * count + more;
    Fields all = s.at(address, length + CHECKSUM, "a B-tree's node");
    Fields f = all.part(length);
    Fields.requireChecksum(f, (int) all.u32());
    f.signature(signature).only(0, "a node of version").only(type, "a node of type");
    for (long i = 0; i < count; i++) {
      s.spend(Structure.OBJECT);
      records.add(f.part(size));
    }
    return f;
  }
}
