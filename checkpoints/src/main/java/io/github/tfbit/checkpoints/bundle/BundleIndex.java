package io.github.tfbit.checkpoints.bundle;

import static io.github.tfbit.checkpoints.CheckpointException.corrupt;
import static io.github.tfbit.checkpoints.CheckpointException.unsupported;

import io.github.tfbit.checkpoints.FileBytes;
import io.github.tfbit.checkpoints.protos.ProtoReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an index holds.
 *
 * @param shards number of data files
 * @param entries by key, in the order of the keys
 */
record BundleIndex(int shards, Map<String, BundleEntry> entries) {
  static BundleIndex read(FileBytes file) throws IOException {
    String where = file.where();
    List<TableReader.Entry> table = TableReader.read(file);
    if (table.isEmpty() || !table.get(0).key().isEmpty()) {
      throw corrupt(where, "a header under the empty key", table.size() + " keys without one");
    }
    int shards = BundleHeader.shards(table.get(0).value(), where);
    Map<String, BundleEntry> entries = new LinkedHashMap<>();
    for (TableReader.Entry e : table.subList(1, table.size())) {
      String key = key(e.key(), where);
      BundleEntry entry =
          BundleEntry.read(ProtoReader.of(e.value(), tensor(where, key)))
              .orElseThrow(() -> sliced(where, key));
      if (entry.shard() < 0 || entry.shard() >= shards) {
        throw corrupt(
            tensor(where, key), "a data file from 0 to " + (shards - 1), "number " + entry.shard());
      }
      entries.put(key, entry);
    }
    return new BundleIndex(shards, entries);
  }

  static String tensor(String where, String key) {
    return where + ": tensor '" + key + "'";
  }

  private static String key(String bytes, String where) throws IOException {
    // Keys of slices begin with an ordered code of 0 (saved_tensor_slice_util.cc).
    if (bytes.charAt(0) == 0) {
      throw sliced(where, "?");
    }
    try {
      ByteBuffer utf8 = ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1));
      String key = StandardCharsets.UTF_8.newDecoder().decode(utf8).toString();
      if (key.chars().noneMatch(c -> c < ' ')) {
        return key;
      }
      throw corrupt(where, "keys without control characters", key.replaceAll("\\p{Cntrl}", "?"));
    } catch (CharacterCodingException e) {
      throw corrupt(where, "keys in UTF-8", "other bytes");
    }
  }

  private static IOException sliced(String where, String key) {
    return unsupported(
        tensor(where, key),
        "whole tensors",
        "one that is cut into slices (a partitioned variable)",
        "save the model again without partitions");
  }
}
