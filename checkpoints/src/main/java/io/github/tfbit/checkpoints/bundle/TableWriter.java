package io.github.tfbit.checkpoints.bundle;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Writes a table in LevelDB's form with the bytes that TensorFlow's table builder gives it ({@code
 * tensorflow/core/lib/io/table_builder.cc}): blocks of 256 KiB, whole keys every 16 entries.
 */
final class TableWriter {
  private static final int BLOCK = 256 << 10;
  private static final int RESTART = 16;

  private final ByteArrayOutputStream file = new ByteArrayOutputStream();
  private final BlockBuilder index = new BlockBuilder(1);
  private BlockBuilder data = new BlockBuilder(RESTART);
  private byte[] pendingHandle;
  private byte[] last = new byte[0];

  /** Adds an entry; keys come in ascending order. */
  void add(byte[] key, byte[] value) {
    if (pendingHandle != null) {
      index.add(separator(last, key), pendingHandle);
      pendingHandle = null;
    }
    data.add(key, value);
    last = key;
    if (data.size() >= BLOCK) {
      flush();
    }
  }

  private void flush() {
    if (!data.isEmpty()) {
      pendingHandle = block(data);
      data = new BlockBuilder(RESTART);
    }
  }

  /** The whole file. */
  byte[] finish() {
    flush();
    byte[] meta = block(new BlockBuilder(RESTART));
    if (pendingHandle != null) {
      index.add(successor(last), pendingHandle);
    }
    byte[] handle = block(index);
    ByteBuffer footer =
        ByteBuffer.allocate(TableReader.FOOTER)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(meta)
            .put(handle);
    file.writeBytes(footer.putLong(TableReader.FOOTER - Long.BYTES, TableReader.MAGIC).array());
    return file.toByteArray();
  }

  /** Appends a block, its compression (none) and their checksum; returns its handle. */
  private byte[] block(BlockBuilder block) {
    byte[] contents = block.finish();
    ByteArrayOutputStream handle = new ByteArrayOutputStream();
    Varint.write(handle, file.size());
    Varint.write(handle, contents.length);
    byte[] withType = Arrays.copyOf(contents, contents.length + 1);
    file.writeBytes(withType);
    file.writeBytes(little(MaskedCrc.of(ByteBuffer.wrap(withType))));
    return handle.toByteArray();
  }

  private static byte[] little(int value) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }

  /** A short key from {@code from} on and below {@code to}. */
  private static byte[] separator(byte[] from, byte[] to) {
    int at = Arrays.mismatch(from, to);
    if (at < 0 || at >= Math.min(from.length, to.length)) {
      return from;
    }
    int b = from[at] & 0xff;
    return b < 0xff && b + 1 < (to[at] & 0xff) ? raised(from, at) : from;
  }

  /** A short key that is not below the last. */
  private static byte[] successor(byte[] key) {
    for (int i = 0; i < key.length; i++) {
      if (key[i] != (byte) 0xff) {
        return raised(key, i);
      }
    }
    return key;
  }

  private static byte[] raised(byte[] key, int at) {
    byte[] shorter = Arrays.copyOf(key, at + 1);
    shorter[at]++;
    return shorter;
  }

  /** Entries whose keys share beginnings, and a list of places where they do not. */
  private static final class BlockBuilder {
    private final int interval;
    private final ByteArrayOutputStream entries = new ByteArrayOutputStream();
    private final ByteArrayOutputStream restarts = new ByteArrayOutputStream();
    private byte[] previous = new byte[0];
    private int count;

    BlockBuilder(int interval) {
      this.interval = interval;
      restarts.writeBytes(little(0));
    }

    boolean isEmpty() {
      return count == 0;
    }

    int size() {
      return entries.size() + restarts.size() + 4;
    }

    void add(byte[] key, byte[] value) {
      int shared = 0;
      if (count % interval != 0) {
        int differs = Arrays.mismatch(previous, key);
        shared = differs < 0 ? key.length : differs;
      } else if (count > 0) {
        restarts.writeBytes(little(entries.size()));
      }
      Varint.write(entries, shared);
      Varint.write(entries, key.length - shared);
      Varint.write(entries, value.length);
      entries.write(key, shared, key.length - shared);
      entries.writeBytes(value);
      previous = key;
      count++;
    }

    byte[] finish() {
      int number = restarts.size() / 4;
      entries.writeBytes(restarts.toByteArray());
      entries.writeBytes(little(number));
      return entries.toByteArray();
    }
  }
}
