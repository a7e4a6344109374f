package io.github.tfbit.checkpoints.hdf5;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The links of an old-style group: a B-tree of nodes of entries, and a heap of their names (the
 * format, III.A.1, III.B, III.C and III.D).
 */
final class SymbolTable {
  private static final int ENTRY = 40;

  /** "Cache Type" of an entry that is a symbolic link. */
  private static final int SYMBOLIC_LINK = 2;

  /** A node of the tree; level -1 is a node of entries. */
  private record Node(long address, int level) {}

  private final Structure s;
  private final Fields names;
  private final List<Link> links = new ArrayList<>();

  private SymbolTable(Structure s, Fields names) {
    this.s = s;
    this.names = names;
  }

  /**
   * Reads a group's links.
   *
   * @param message "Symbol Table Message" (IV.A.2.r)
   */
  static List<Link> links(Fields message, Structure s) throws IOException {
    long tree = message.u64();
    SymbolTable table = new SymbolTable(s, heap(message.u64(), s));
    Deque<Node> nodes = new ArrayDeque<>();
    Fields root = s.at(tree, 24, "a group's B-tree");
    root.signature("TREE").only(0, "a B-tree of node type");
    nodes.add(new Node(tree, root.u8()));
    while (!nodes.isEmpty()) {
      Node node = nodes.remove();
      if (node.level() < 0) {
        table.addEntries(node.address());
      } else {
        nodes.addAll(table.children(node));
      }
    }
    return table.links;
  }

  private static Fields heap(long address, Structure s) throws IOException {
    Fields f = s.at(address, 32, "a local heap").signature("HEAP");
    f.only(0, "a local heap of version").skip(3);
    long size = f.u64();
    f.skip(8); // "Offset to Head of Free-list"
    return s.at(f.u64(), size, "a local heap's data segment");
  }

  /** A child has the level below its parent's, so that no path through the tree is a circle. */
  private List<Node> children(Node node) throws IOException {
    Fields head = s.at(node.address(), 24, "a group's B-tree").signature("TREE");
    head.only(0, "a B-tree of node type").only(node.level(), "a B-tree node of level");
    int used = head.u16();
    Fields f = s.at(node.address() + 24, 8 + 16L * used, "a group's B-tree");
    List<Node> children = new ArrayList<>();
    f.skip(8); // key 0
    for (int i = 0; i < used; i++) {
      s.spend(Structure.OBJECT);
      children.add(new Node(f.u64(), node.level() - 1));
      f.skip(8); // key i + 1
    }
    return children;
  }

  private void addEntries(long address) throws IOException {
    Fields head = s.at(address, 8, "a symbol table node").signature("SNOD");
    head.only(1, "a symbol table node of version").skip(1);
    int count = head.u16();
    Fields f = s.at(address + 8, (long) ENTRY * count, "a symbol table node");
    for (int i = 0; i < count; i++) {
      Fields entry = f.part(ENTRY);
      long name = entry.u64(); // "Link Name Offset", into the heap
      long header = entry.u64();
      if (entry.u32() != SYMBOLIC_LINK) {
        Fields text = names.copy();
        Fields from = text.skip((int) Math.min(name & Long.MAX_VALUE, Integer.MAX_VALUE));
        links.add(Link.of(from.terminated(), header));
      }
    }
  }
}
