package io.github.tfbit.checkpoints.bundle;

import static io.github.tfbit.checkpoints.CheckpointException.corrupt;
import static io.github.tfbit.checkpoints.CheckpointException.unsupported;

import io.github.tfbit.checkpoints.protos.ProtoReader;
import io.github.tfbit.checkpoints.protos.ProtoWriter;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The value of the empty key: {@code tensor_bundle.proto}, BundleHeaderProto. */
final class BundleHeader {
  private static final int MAX_SHARDS = 99_999;

  /** {@code kTensorBundleVersion} in {@code tensor_bundle.h}. */
  private static final int VERSION = 1;

  private static final String AGAIN = "save the checkpoint again with a present TensorFlow";

  private BundleHeader() {}

  /** Checks that the files can be read and returns the number of data files. */
  static int shards(ByteBuffer value, String where) throws IOException {
    // A checkpoint of version 1 is a table too; its first value is SavedTensorSlices, whose field 1
    // is a message (saved_tensor_slice.proto), while num_shards is a number.
    if (value.hasRemaining() && value.get(value.position()) == 0x0a) {
      throw unsupported(where, "a TensorFlow checkpoint V2 (.index and .data)", "one of V1", AGAIN);
    }
    long shards = 0;
    ProtoReader r = ProtoReader.of(value, where + ": header");
    while (r.next()) {
      switch (r.field()) {
        // int32 num_shards = 1: "Number of data files in the bundle."
        case 1 -> shards = r.varint();
        // Endianness endianness = 2: LITTLE = 0, BIG = 1
        case 2 -> requireLittleEndian(r.varint(), where);
        // VersionDef version = 3: "Versioning of the tensor bundle format."
        case 3 -> requireVersion(r, where);
        default -> r.skip();
      }
    }
    if (shards < 1 || shards > MAX_SHARDS) {
      throw corrupt(where, "1 to " + MAX_SHARDS + " data files", shards + " in the header");
    }
    return (int) shards;
  }

  private static void requireLittleEndian(long endianness, String where) throws IOException {
    if (endianness != 0) {
      String found = endianness == 1 ? "big-endian ones" : "endianness " + endianness;
      throw unsupported(where, "little-endian numbers", found, AGAIN);
    }
  }

  private static void requireVersion(ProtoReader r, String where) throws IOException {
    int outer = r.enter();
    while (r.next()) {
      // versions.proto, VersionDef: int32 min_consumer = 2: "Any consumer below this version is not
      // allowed to consume."
      long value = r.field() == 2 ? r.varint() : 0;
      if (r.field() != 2) {
        r.skip();
      } else if (value > VERSION) {
        String expected = "version " + VERSION + " of the format or before";
        throw unsupported(where, expected, "version " + value, "get a later tfbit");
      }
    }
    r.leave(outer);
  }

  /** A header for one data file. */
  static byte[] one() {
    return new ProtoWriter()
        .varint(1, 1) // int32 num_shards = 1
        .message(3, new ProtoWriter().varint(1, VERSION)) // VersionDef version = 3: producer = 1
        .toByteArray();
  }
}
