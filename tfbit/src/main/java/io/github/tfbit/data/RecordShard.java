package io.github.tfbit.data;

import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.checkpoints.bundle.MaskedCrc;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One file of records in TensorFlow's framing (tensorflow/core/lib/io/record_reader.cc), mapped
 * into memory: what is not looked at is not read. Its records are found once, by their lengths;
 * contents are checked when they are read. Safe from any thread.
 */
final class RecordShard {
  private static final int HEADER = Long.BYTES + Integer.BYTES;
  private static final int FOOTER = Integer.BYTES;

  /** A mapping holds less than 2 GiB; a longer file has several, which overlap by this. */
  private static final long SEGMENT = 1L << 30;

  private final Path file;
  private final String name;
  private final List<MappedByteBuffer> segments = new ArrayList<>();
  private long[] offsets = new long[16];
  private int count;

  /**
   * Opens a file and finds its records.
   *
   * @param file not compressed; an empty one holds no records
   * @param name of it for messages
   * @throws DataException if it is cut or damaged, with the byte where that shows
   */
  RecordShard(Path file, String name) throws IOException {
    this.file = file;
    this.name = name;
    long size;
    try (FileChannel channel = FileChannel.open(file)) {
      size = channel.size();
      for (long at = 0; at < size; at += SEGMENT) {
        long length = Math.min(size - at, 2 * SEGMENT - 1);
        segments.add(channel.map(FileChannel.MapMode.READ_ONLY, at, length));
      }
    }
    for (long at = 0; at < size; at += HEADER + length(at) + FOOTER) {
      requireHeader(at, size);
      if (count == offsets.length) {
        offsets = Arrays.copyOf(offsets, count + count / 2);
      }
      offsets[count++] = at;
    }
  }

  int size() {
    return count;
  }

  Path file() {
    return file;
  }

  /** Where a record is, for messages. */
  String place(int index) {
    return name + ", record " + index + " at byte " + offsets[index];
  }

  private void requireHeader(long at, long size) throws DataException {
    if (size - at < HEADER) {
      throw damaged(at, "a record's header of " + HEADER + " bytes", size - at + " bytes");
    }
    if (MaskedCrc.of(slice(at, Long.BYTES)) != slice(at, HEADER).getInt(Long.BYTES)) {
      throw damaged(at, "a record's length that matches its checksum", "another checksum");
    }
    long length = length(at);
    if (length < 0 || length > SEGMENT - HEADER - FOOTER) {
      throw damaged(at, "a record of less than 1 GiB", Long.toUnsignedString(length) + " bytes");
    }
    if (size - at < HEADER + length + FOOTER) {
      throw damaged(
          at, "a record of " + length + " bytes", size - at - HEADER + " bytes to the file's end");
    }
  }

  /** A record's bytes, not checked: for its labels, which would otherwise cost reading it whole. */
  ByteBuffer unchecked(int index) {
    return slice(offsets[index] + HEADER, (int) length(offsets[index]));
  }

  /** A record's bytes. */
  ByteBuffer record(int index) throws DataException {
    long at = offsets[index];
    int length = (int) length(at);
    ByteBuffer record = slice(at + HEADER, length);
    if (MaskedCrc.of(record) != slice(at + HEADER + length, FOOTER).getInt(0)) {
      throw damaged(at, "a record that matches its checksum", "another checksum");
    }
    return record;
  }

  private long length(long at) {
    return slice(at, Long.BYTES).getLong(0);
  }

  private ByteBuffer slice(long at, int length) {
    MappedByteBuffer segment = segments.get((int) (at / SEGMENT));
    return segment.slice((int) (at % SEGMENT), length).order(ByteOrder.LITTLE_ENDIAN);
  }

  private DataException damaged(long at, String expected, String found) {
    return new DataException(
        new Problem(
            expected, found, name + ", byte " + at, "the file is cut or damaged: copy it again"));
  }
}
