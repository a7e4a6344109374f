package io.github.tfbit.checkpoints.hdf5;

import static io.github.tfbit.checkpoints.CheckpointException.unsupported;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Where a dataset's contents lie.
 *
 * @param address of the first byte in the file; {@link Fields#UNDEFINED} if not there
 * @param length bytes
 * @param compact the contents if they are part of the header
 */
record Layout(long address, long length, Optional<ByteBuffer> compact) {
  private static final int COMPACT = 0;
  private static final int CONTIGUOUS = 1;
  private static final int CHUNKED = 2;

  /**
   * A data layout message (the format, IV.A.2.i).
   *
   * @param f the message
   * @param needed bytes that the dataset's shape and element type need
   * @param where the dataset, for messages
   */
  static Layout of(Fields f, long needed, String where) throws IOException {
    int version = f.u8();
    if (version < 1 || version > 5) {
      throw f.corrupt("a data layout of version 1 to 5", "version " + version);
    }
    return version < 3 ? old(f, needed, where) : recent(f, where);
  }

  /** Versions 3 to 5, which differ in what is chunked only. */
  private static Layout recent(Fields f, String where) throws IOException {
    int kind = f.u8();
    return switch (kind) {
      case COMPACT -> compact(f, f.u16());
      case CONTIGUOUS -> new Layout(f.u64(), f.u64(), Optional.empty());
      default -> throw other(kind, where);
    };
  }

  /** Versions 1 and 2: dimensions between the address and the contents. */
  private static Layout old(Fields f, long needed, String where) throws IOException {
    int rank = f.u8();
    int kind = f.u8();
    f.skip(5);
    long address = kind == COMPACT ? Fields.UNDEFINED : f.u64();
    f.skip(4 * rank);
    return switch (kind) {
      case COMPACT -> compact(f, f.u32());
      case CONTIGUOUS -> new Layout(address, needed, Optional.empty());
      default -> throw other(kind, where);
    };
  }

  private static Layout compact(Fields f, long size) throws IOException {
    return new Layout(Fields.UNDEFINED, size, Optional.of(f.part(size).rest()));
  }

  private static IOException other(int kind, String where) {
    return unsupported(
        where,
        "contents in one piece",
        kind == CHUNKED ? "contents in chunks" : "a layout of class " + kind,
        "save it again without chunks or compression, as Keras does (h5repack -l CONTI)");
  }
}
