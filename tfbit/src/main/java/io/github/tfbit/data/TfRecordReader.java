package io.github.tfbit.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * The records of one file in TensorFlow's framing, by number. The file is mapped, not read: what
 * nobody asks for costs nothing. Safe from any thread.
 */
public final class TfRecordReader {
  private final RecordShard shard;

  private TfRecordReader(RecordShard shard) {
    this.shard = shard;
  }

  /**
   * Finds the records of a file by their lengths.
   *
   * @param file not packed; an empty one holds no records
   * @return the records
   * @throws DataException if the file is cut or damaged, with the byte where that shows
   * @throws IOException if it cannot be read
   */
  public static TfRecordReader open(Path file) throws IOException {
    return new TfRecordReader(new RecordShard(file, file.toString()));
  }

  /**
   * How many records there are.
   *
   * @return from 0
   */
  public int size() {
    return shard.size();
  }

  /**
   * One record.
   *
   * @param index from 0 to {@link #size} - 1
   * @return its bytes, from position to limit
   * @throws DataException if they do not match their checksum
   */
  public ByteBuffer record(int index) throws DataException {
    return shard.record(index);
  }

  /**
   * Where a record is, for messages.
   *
   * @param index from 0 to {@link #size} - 1
   * @return file, number and byte
   */
  public String place(int index) {
    return shard.place(index);
  }
}
