package io.github.tfbit.checkpoints.bundle;

import io.github.tfbit.checkpoints.protos.ProtoWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Builds checkpoints entry by entry, of several data files and wrong ones too. */
final class BundleBuilder {
  private final Map<byte[], byte[]> entries = new TreeMap<>(Arrays::compareUnsigned);
  private final List<ByteArrayOutputStream> shards = new ArrayList<>();

  BundleBuilder(int numberOfShards) {
    for (int i = 0; i < numberOfShards; i++) {
      shards.add(new ByteArrayOutputStream());
    }
    header(new ProtoWriter().varint(1, numberOfShards));
  }

  BundleBuilder header(ProtoWriter header) {
    return entry("", header);
  }

  BundleBuilder entry(String key, ProtoWriter value) {
    entries.put(key.getBytes(StandardCharsets.UTF_8), value.toByteArray());
    return this;
  }

  /** A tensor with its bytes in a data file. */
  BundleBuilder tensor(String key, int type, List<Integer> shape, int shard, byte[] bytes) {
    long offset = shards.get(shard).size();
    shards.get(shard).writeBytes(bytes);
    int crc = MaskedCrc.of(ByteBuffer.wrap(bytes));
    return entry(key, entry(type, shape, shard, offset, bytes.length).fixed32(6, crc));
  }

  static ProtoWriter entry(int type, List<Integer> shape, long shard, long offset, long size) {
    ProtoWriter dims = new ProtoWriter();
    shape.forEach(d -> dims.message(2, new ProtoWriter().varint(1, d)));
    return new ProtoWriter()
        .varint(1, type)
        .message(2, dims)
        .varint(3, shard)
        .varint(4, offset)
        .varint(5, size);
  }

  byte[] index() {
    TableWriter table = new TableWriter();
    entries.forEach(table::add);
    return table.finish();
  }

  /** Writes all files and returns the prefix. */
  Path write(Path prefix) throws IOException {
    for (int i = 0; i < shards.size(); i++) {
      Files.write(ShardFile.path(prefix, i, shards.size()), shards.get(i).toByteArray());
    }
    Files.write(prefix.resolveSibling(prefix.getFileName() + ".index"), index());
    return prefix;
  }
}
