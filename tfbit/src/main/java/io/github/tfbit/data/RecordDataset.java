package io.github.tfbit.data;

import io.github.tfbit.checkpoints.protos.ProtoReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** Pictures in TFRecord files. */
final class RecordDataset implements ImageDataset {
  private final List<String> classes;
  private final List<RecordShard> shards;
  private final LabelTable labels;

  /** How many pictures are before each shard. */
  private final int[] starts;

  RecordDataset(List<String> classes, List<RecordShard> shards, LabelTable labels) {
    this.classes = List.copyOf(classes);
    this.shards = List.copyOf(shards);
    this.labels = labels;
    starts = new int[shards.size() + 1];
    for (int i = 0; i < shards.size(); i++) {
      starts[i + 1] = Math.addExact(starts[i], shards.get(i).size());
    }
  }

  @Override
  public List<String> classes() {
    return classes;
  }

  @Override
  public int size() {
    return labels.size();
  }

  /** The shard of a picture: the last that begins at or before it and holds anything. */
  private int shard(int index) {
    int low = 0;
    int high = shards.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (starts[middle] <= index) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  @Override
  public Example example(int index) throws IOException {
    int at = shard(index);
    RecordShard shard = shards.get(at);
    int number = index - starts[at];
    byte[] encoded = encoded(shard.record(number), shard.place(number), Integer.MAX_VALUE);
    return new Example(shard.place(number), encoded, labels(index));
  }

  @Override
  public byte[] header(int index, int bytes) throws IOException {
    int at = shard(index);
    RecordShard shard = shards.get(at);
    int number = index - starts[at];
    return encoded(shard.unchecked(number), shard.place(number), bytes);
  }

  private static byte[] encoded(ByteBuffer record, String place, int most) throws IOException {
    ProtoReader.Range range =
        RecordExample.parse(record, place)
            .encoded()
            .orElseThrow(
                () ->
                    RecordFiles.problem(
                        "a picture under " + RecordExample.ENCODED,
                        "no such key",
                        place,
                        "write it"));
    byte[] encoded = new byte[Math.min(most, range.length())];
    record.get((int) range.offset(), encoded);
    return encoded;
  }

  @Override
  public int[] labels(int index) {
    return labels.get(index);
  }

  @Override
  public Optional<Stamp> stamp(int index) throws IOException {
    int at = shard(index);
    RecordShard shard = shards.get(at);
    int number = index - starts[at];
    String key = shard.file().getFileName() + ":" + number;
    return Optional.of(new Stamp(key, shard.unchecked(number).remaining(), 0));
  }

  /** A data set of a million pictures has no business in a log line. */
  @Override
  public String toString() {
    return size() + " pictures of " + classes.size() + " classes in " + shards.size() + " files";
  }
}
