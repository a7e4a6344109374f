package io.github.tfbit.checkpoints.hdf5;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Where newer files keep links or attributes that are many: messages in a fractal heap, found
 * through a B-tree by name.
 */
final class Dense {
  private static final int LINKS = 5;
  private static final int ATTRIBUTES = 8;

  private Dense() {}

  /** The link messages of a "Link Info Message" (the format, IV.A.2.c). */
  static List<Fields> links(Fields f, Structure s) throws IOException {
    f.only(0, "a link info message of version");
    f.skip((f.u8() & 1) == 0 ? 0 : 8); // "Maximum Creation Index"
    return messages(f, LINKS, s);
  }

  /** The attribute messages of an "Attribute Info Message" (the format, IV.A.2.v). */
  static List<Fields> attributes(Fields f, Structure s) throws IOException {
    f.only(0, "an attribute info message of version");
    f.skip((f.u8() & 1) == 0 ? 0 : 2); // "Maximum Creation Index"
    return messages(f, ATTRIBUTES, s);
  }

  private static List<Fields> messages(Fields f, int type, Structure s) throws IOException {
    long address = f.u64(); // "Fractal Heap Address"
    long tree = f.u64(); // "Address of v2 B-tree for Name Index"
    if (address == Fields.UNDEFINED) {
      return List.of();
    }
    FractalHeap heap = FractalHeap.read(s, address);
    List<Fields> messages = new ArrayList<>();
    for (Fields record : RecordTree.records(s, tree, type)) {
      // Links: the name's hash, then the heap ID. Attributes: the heap ID, then flags and hash.
      messages.add(heap.object(type == LINKS ? record.skip(4) : record));
    }
    return messages;
  }
}
