package io.github.tfbit.checkpoints.hdf5;

import static io.github.tfbit.checkpoints.CheckpointException.unsupported;

import io.github.tfbit.checkpoints.CheckpointException;
import java.io.IOException;

/**
 * A named value of a group or dataset, not yet interpreted.
 *
 * @param name of the attribute
 * @param type its datatype message
 * @param space its dataspace message
 * @param data its contents
 */
record Attribute(String name, Fields type, Fields space, Fields data) {
  /** "Flags" of versions 2 and 3: the datatype or the dataspace is shared. */
  private static final int SHARED = 3;

  /** An attribute message (the format, IV.A.2.m). */
  static Attribute of(Fields f) throws IOException {
    int version = f.u8();
    if (version < 1 || version > 3) {
      throw f.corrupt("an attribute of version 1 to 3", "version " + version);
    }
    int flags = f.u8(); // reserved in version 1
    int name = f.u16();
    int type = f.u16();
    int space = f.u16();
    f.skip(version == 3 ? 1 : 0); // "Name Character Set Encoding"
    String text = padded(f, name, version).terminated().text();
    if (version > 1 && (flags & SHARED) != 0) {
      throw unsupported(
          f.where(),
          "attributes with a type of their own",
          "a shared type in '" + text + "'",
          "copy the weights into a new file with h5py");
    }
    return new Attribute(text, padded(f, type, version), padded(f, space, version), rest(f));
  }

  /** In version 1 "padded to a multiple of eight bytes". */
  private static Fields padded(Fields f, int size, int version) throws CheckpointException {
    Fields part = f.part(size);
    int padding = version == 1 ? -size & 7 : 0;
    f.skip(padding);
    return part;
  }

  private static Fields rest(Fields f) throws CheckpointException {
    return f.part(f.remaining());
  }
}
