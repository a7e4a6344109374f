package io.github.tfbit.checkpoints.hdf5;

import static io.github.tfbit.checkpoints.CheckpointException.unsupported;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The links of a group, in whichever of the two ways it keeps them. */
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
    if (info.isPresent() && isDense(info.get())) {
      throw unsupported(
          header.where(),
          "groups that keep their links in their headers or in symbol tables",
          "one that keeps them in a fractal heap",
          "save the file with libver='earliest'");
    }
    return links;
  }

  /** "Link Info Message" (the format, IV.A.2.c): is there a fractal heap? */
  private static boolean isDense(Fields f) throws IOException {
    f.only(0, "a link info message of version");
    f.skip((f.u8() & 1) == 0 ? 0 : 8); // "Maximum Creation Index"
    return f.u64() != Fields.UNDEFINED;
  }
}
