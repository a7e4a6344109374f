package io.github.tfbit.checkpoints.hdf5;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The links of a group, in whichever of the three ways it keeps them. */
final class Group {
  private Group() {}

  /** Whether a header is a group's; otherwise it is a dataset's or a named datatype's. */
  static boolean is(ObjectHeader header) {
    return header.has(MessageType.SYMBOL_TABLE)
        || header.has(MessageType.LINK_INFO)
        || header.has(MessageType.LINK);
  }

  /** The hard links of a group; others are left out. */
  static List<Link> links(ObjectHeader header, Structure s) throws IOException {
    List<Link> links = new ArrayList<>();
    Optional<Fields> table = header.one(MessageType.SYMBOL_TABLE);
    if (table.isPresent()) {
      links.addAll(SymbolTable.links(table.get(), s));
    }
    for (Fields message : header.all(MessageType.LINK)) {
      Link.of(message).ifPresent(links::add);
    }
    Optional<Fields> info = header.one(MessageType.LINK_INFO);
    if (info.isPresent()) {
      for (Fields message : Dense.links(info.get(), s)) {
        Link.of(message).ifPresent(links::add);
      }
    }
    return links;
  }
}
