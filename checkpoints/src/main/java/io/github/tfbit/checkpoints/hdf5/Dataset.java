package io.github.tfbit.checkpoints.hdf5;

import static io.github.tfbit.checkpoints.CheckpointException.corrupt;
import static io.github.tfbit.checkpoints.CheckpointException.unsupported;

import io.github.tfbit.checkpoints.DType;
import io.github.tfbit.checkpoints.TensorInfo;
import java.io.IOException;
import java.util.Optional;

/**
 * An array of numbers.
 *
 * @param info path, element type and shape
 * @param layout where its contents lie: in the file, and as long as its shape says
 */
record Dataset(TensorInfo info, Layout layout) {
  private static final String REMEDY =
      "if this is no Keras file, convert it; if it is, save the weights alone (save_weights)";

  /** Whether a header is a dataset's. */
  static boolean is(ObjectHeader header) {
    return header.has(MessageType.LAYOUT);
  }

  static Dataset of(ObjectHeader header, String path, Structure s) throws IOException {
    String where = s.file() + ": dataset '" + path + "'";
    Datatype type = Datatype.of(require(header, MessageType.DATATYPE, where));
    Dataspace space = Dataspace.of(require(header, MessageType.DATASPACE, where));
    Optional<DType> dtype = type.number();
    if (dtype.isEmpty() || space.isNull()) {
      String numbers = "little-endian float16, bfloat16, float32, float64 or int64";
      String found = space.isNull() ? "no elements at all (h5py.Empty)" : type.describe();
      throw unsupported(where, numbers, found, REMEDY);
    }
    refuseOtherPlaces(header, where);
    long needed = space.bytes(dtype.get().bytes());
    Layout layout = Layout.of(require(header, MessageType.LAYOUT, where), needed, where);
    requireContents(layout, needed, where, s);
    return new Dataset(new TensorInfo(path, dtype.get(), space.shape()), layout);
  }

  private static Fields require(ObjectHeader header, MessageType type, String where)
      throws IOException {
    Optional<Fields> message = header.one(type);
    if (message.isEmpty()) {
      throw corrupt(where, "a " + type + " message", "none");
    }
    return message.get();
  }

  /** Contents in other files are never looked at. */
  private static void refuseOtherPlaces(ObjectHeader header, String where) throws IOException {
    if (header.has(MessageType.EXTERNAL_FILES)) {
      throw unsupported(where, "contents in this file", "contents in other files", REMEDY);
    }
    if (header.has(MessageType.FILTERS)) {
      throw unsupported(
          where,
          "contents as they are",
          "contents that are compressed or otherwise filtered",
          "save it again without, as Keras does (h5repack -f NONE)");
    }
  }

  private static void requireContents(Layout layout, long needed, String where, Structure s)
      throws IOException {
    if (needed < 0 || layout.length() != needed) {
      String shape = needed < 0 ? "more than 2^63" : String.valueOf(needed);
      throw corrupt(
          where,
          shape + " bytes, as its shape says",
          Long.toUnsignedString(layout.length()) + " bytes");
    }
    if (needed > Integer.MAX_VALUE) {
      String remedy = "no BiT model has such a tensor; split it";
      throw unsupported(where, "at most 2 GiB for one array", needed + " bytes", remedy);
    }
    if (needed > 0 && layout.compact().isEmpty()) {
      if (layout.address() == Fields.UNDEFINED) {
        throw unsupported(where, "contents", "a dataset that nothing was written to", REMEDY);
      }
      s.require(layout.address(), needed, where.substring(s.file().length() + 2));
    }
  }
}
