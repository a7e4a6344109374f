package io.github.tfbit.checkpoints.hdf5;

import io.github.tfbit.checkpoints.CheckpointException;
import java.io.IOException;
import java.util.Optional;

/**
 * A hard link: an object under a name. Soft and external links are never made into one, so nothing
 * is followed to another place or another file.
 *
 * @param name one segment of a path
 * @param header address of the object's header
 */
record Link(String name, long header) {
  private static final int HARD = 0;

  /** Longest name in bytes; Keras' are below 100. */
  private static final int LONGEST_NAME = 1024;

  /**
   * A link message (the format, IV.A.2.g).
   *
   * @param f the message
   * @return empty for a link of another kind
   */
  static Optional<Link> of(Fields f) throws IOException {
    f.only(1, "a link message of version");
    int flags = f.u8();
    int type = (flags & 1 << 3) == 0 ? HARD : f.u8(); // "Link type"
    f.skip((flags & 1 << 2) == 0 ? 0 : 8); // "Creation Order"
    f.skip((flags & 1 << 4) == 0 ? 0 : 1); // "Link Name Character Set"
    Fields name = f.part(f.unsigned(1 << (flags & 3)));
    return type == HARD ? Optional.of(of(name, f.u64())) : Optional.empty();
  }

  /** Checks the name: it becomes part of a tensor's name, which people and files see. */
  static Link of(Fields name, long header) throws CheckpointException {
    if (name.remaining() > LONGEST_NAME) {
      throw name.corrupt(
          "a link's name of at most " + LONGEST_NAME + " bytes", name.remaining() + " bytes");
    }
    String text = name.text();
    boolean plain =
        !text.isEmpty()
            && !text.equals(".")
            && !text.equals("..")
            && text.chars().noneMatch(c -> c == '/' || c < ' ');
    if (!plain) {
      throw name.corrupt("plain link names", "'" + text.replaceAll("\\p{Cntrl}", "?") + "'");
    }
    return new Link(text, header);
  }
}
