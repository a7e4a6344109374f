package io.github.tfbit.report;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * Appends records in TensorFlow's framing (tensorflow/core/lib/io/record_writer.cc): length, masked
 * CRC32C of the length, bytes, masked CRC32C of the bytes. Not safe for several threads.
 */
final class RecordWriter implements Closeable {
  private static final int MASK_DELTA = 0xa282ead8;
  private static final int MASK_SHIFT = 15;

  private final FileChannel file;

  private RecordWriter(FileChannel file) {
    this.file = file;
  }

  static RecordWriter create(Path file) throws IOException {
    return new RecordWriter(
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
  }

  void write(byte[] record) throws IOException {
    ByteBuffer framed =
        ByteBuffer.allocate(record.length + Long.BYTES + 2 * Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(record.length);
    framed.putInt(masked(framed.array(), 0, Long.BYTES)).put(record);
    framed.putInt(masked(record, 0, record.length)).flip();
    while (framed.hasRemaining()) {
      file.write(framed);
    }
  }

  private static int masked(byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, length);
    return Integer.rotateRight((int) crc.getValue(), MASK_SHIFT) + MASK_DELTA;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
