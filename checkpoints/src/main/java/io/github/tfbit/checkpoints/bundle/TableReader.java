package io.github.tfbit.checkpoints.bundle;

import static io.github.tfbit.checkpoints.CheckpointException.corrupt;
import static io.github.tfbit.checkpoints.CheckpointException.unsupported;

import io.github.tfbit.checkpoints.FileBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A table of sorted keys in LevelDB's form ({@code tensorflow/core/lib/io/format.h}): data blocks,
 * a block that names them, a footer. It is read whole.
 */
final class TableReader {
  static final int FOOTER = 48;
  static final long MAGIC = 0xdb4775248b80fb57L;

  /** One byte of compression and a checksum follow each block. */
  static final int TRAILER = 5;

  private static final int MAX_FILE = 16 << 20;
  private static final int MAX_KEY = 1 << 14;
  private static final int MAX_KEYS = 32 << 20;
  private static final int MAX_ENTRIES = 100_000;

  /** One key, with a char for each byte, and its value. */
  record Entry(String key, ByteBuffer value) {}

  private final ByteBuffer file;
  private final String where;
  private int keys;
  private int keyBytes;

  private TableReader(ByteBuffer file, String where) {
    this.file = file;
    this.where = where;
  }

  /** All entries in the order of their keys. */
  static List<Entry> read(FileBytes index) throws IOException {
    long size = index.size();
    if (size < FOOTER) {
      throw corrupt(index.where(), "an index of at least " + FOOTER + " bytes", size + " bytes");
    }
    if (size > MAX_FILE) {
      throw unsupported(
          index.where(),
          "an index of at most " + MAX_FILE + " bytes",
          size + " bytes",
          "no BiT model needs that much; name another file");
    }
    ByteBuffer all = ByteBuffer.allocate((int) size).order(ByteOrder.LITTLE_ENDIAN);
    try (FileChannel channel = index.open()) {
      ShardFile.fill(channel, 0, all, index.where());
    }
    return new TableReader(all.flip(), index.where()).entries();
  }

  private List<Entry> entries() throws IOException {
    int footer = file.limit() - FOOTER;
    long magic = file.getLong(footer + FOOTER - Long.BYTES);
    if (magic != MAGIC) {
      throw corrupt(
          where,
          "the mark of a table, " + Long.toHexString(MAGIC) + ", in its last 8 bytes",
          Long.toHexString(magic));
    }
    ByteBuffer handles = file.slice(footer, FOOTER - Long.BYTES);
    Varint.read(handles, where); // metaindex handle: offset
    Varint.read(handles, where); // and size; TensorFlow puts nothing there
    List<Entry> blocks = new ArrayList<>();
    add(block(handles), blocks);
    List<Entry> entries = new ArrayList<>();
    for (Entry handle : blocks) {
      add(block(handle.value()), entries);
    }
    return entries;
  }

  /** The contents of the block that a handle names, after their checksum. */
  private ByteBuffer block(ByteBuffer handle) throws IOException {
    long offset = Varint.read(handle, where);
    long size = Varint.read(handle, where);
    long room = (long) file.limit() - FOOTER - TRAILER;
    if (offset > room || size > room - offset) {
      throw corrupt(where, "a block in the file", "one of " + size + " bytes at byte " + offset);
    }
    ByteBuffer checked = file.slice((int) offset, (int) size + 1);
    int expected = file.getInt((int) (offset + size + 1));
    int found = MaskedCrc.of(checked);
    if (expected != found) {
      throw corrupt(
          where,
          "CRC32C " + Integer.toHexString(expected) + " of the block at byte " + offset,
          Integer.toHexString(found));
    }
    int compression = checked.get((int) size);
    if (compression != 0) {
      throw unsupported(
          where,
          "a block without compression",
          compression == 1 ? "one compressed by Snappy" : "compression " + compression,
          "save the checkpoint again with TensorFlow, which compresses none");
    }
    return checked.slice(0, (int) size).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Adds a block's entries; a key holds only what differs from the key before. */
  private void add(ByteBuffer block, List<Entry> to) throws IOException {
    int size = block.limit();
    long restarts = size < 4 ? -1 : Integer.toUnsignedLong(block.getInt(size - 4));
    long end = size - 4 - 4 * restarts;
    if (restarts < 0 || end < 0) {
      throw corrupt(where, "a block with its list of restarts", size + " bytes");
    }
    ByteBuffer rest = block.slice(0, (int) end);
    byte[] key = new byte[0];
    while (rest.hasRemaining()) {
      long shared = Varint.read(rest, where);
      int own = Varint.length(rest, where);
      int value = Varint.length(rest, where);
      if (shared > key.length || own > rest.remaining() || value > rest.remaining() - own) {
        throw corrupt(where, "a key and its value in their block", "longer ones");
      }
      key = key(key, (int) shared, rest, own);
      String name = new String(key, StandardCharsets.ISO_8859_1);
      requireAscending(name, to);
      to.add(new Entry(name, rest.slice(rest.position(), value)));
      rest.position(rest.position() + value);
    }
  }

  private byte[] key(byte[] previous, int shared, ByteBuffer rest, int own) throws IOException {
    keyBytes += shared + own;
    if (++keys > MAX_ENTRIES || shared + own > MAX_KEY || keyBytes > MAX_KEYS) {
      throw unsupported(
          where,
          "at most " + MAX_ENTRIES + " keys of " + MAX_KEY + " bytes, " + MAX_KEYS + " together",
          "the " + keys + "th of " + (shared + own) + " bytes, " + keyBytes + " together",
          "no BiT model needs that much; name another file");
    }
    byte[] key = Arrays.copyOf(previous, shared + own);
    rest.get(key, shared, own);
    return key;
  }

  private void requireAscending(String key, List<Entry> before) throws IOException {
    if (!before.isEmpty() && before.get(before.size() - 1).key().compareTo(key) >= 0) {
      throw corrupt(where, "keys in ascending order", "one that is not above the key before");
    }
  }
}
