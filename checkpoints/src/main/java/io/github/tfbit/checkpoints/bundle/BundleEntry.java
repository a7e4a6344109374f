package io.github.tfbit.checkpoints.bundle;

import io.github.tfbit.checkpoints.protos.ProtoReader;
import io.github.tfbit.checkpoints.protos.ProtoWriter;
import io.github.tfbit.checkpoints.protos.TensorProtos;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * What the index says of one tensor: {@code tensorflow/core/protobuf/tensor_bundle.proto},
 * BundleEntryProto.
 *
 * @param type value of enum DataType
 * @param shape sizes of the dimensions as they are in the file
 * @param shard number of the data file
 * @param offset of the first byte in it
 * @param size in bytes
 * @param crc masked CRC32C of the bytes
 */
record BundleEntry(long type, List<Long> shape, long shard, long offset, long size, int crc) {
  /** Reads one; empty if the tensor is cut into slices. */
  static Optional<BundleEntry> read(ProtoReader r) throws IOException {
    long type = 0;
    List<Long> shape = List.of();
    long shard = 0;
    long offset = 0;
    long size = 0;
    int crc = 0;
    boolean sliced = false;
    while (r.next()) {
      switch (r.field()) {
        // DataType dtype = 1: "The tensor dtype and shape."
        case 1 -> type = r.varint();
        // TensorShapeProto shape = 2
        case 2 ->
            shape =
                TensorProtos.shape(r)
                    .orElseThrow(() -> r.violation("a shape", "one of unknown rank"));
        // int32 shard_id = 3; int64 offset = 4; int64 size = 5: "The binary content of the tensor
        // lies in: File "shard_id": bytes [offset, offset + size)."
        case 3 -> shard = r.varint();
        case 4 -> offset = r.varint();
        case 5 -> size = r.varint();
        // fixed32 crc32c = 6: "The CRC32C checksum of the tensor bytes."
        case 6 -> crc = r.fixed32();
        // repeated TensorSliceProto slices = 7: "Iff present, this entry represents a partitioned
        // tensor."
        case 7 -> {
          sliced = true;
          r.skip();
        }
        default -> r.skip();
      }
    }
    return sliced
        ? Optional.empty()
        : Optional.of(new BundleEntry(type, shape, shard, offset, size, crc));
  }

  /** Writes one for the only data file, its shape as given; zeros are left out as in proto3. */
  static byte[] write(int type, List<Integer> shape, long offset, long size, int crc) {
    ProtoWriter entry = new ProtoWriter();
    entry.varint(1, type); // DataType dtype = 1
    entry.message(2, TensorProtos.shape(shape)); // TensorShapeProto shape = 2
    if (offset != 0) {
      entry.varint(4, offset); // int64 offset = 4
    }
    if (size != 0) {
      entry.varint(5, size); // int64 size = 5
    }
    return entry.fixed32(6, crc).toByteArray(); // fixed32 crc32c = 6
  }
}
