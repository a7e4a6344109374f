package io.github.tfbit.data;

import io.github.tfbit.checkpoints.bundle.MaskedCrc;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Appends records in TensorFlow's framing (tensorflow/core/lib/io/record_writer.cc): length, masked
 * CRC32C of the length, bytes, masked CRC32C of the bytes. Not safe for several threads.
 */
public final class TfRecordWriter implements Closeable {
  private final FileChannel file;

  private TfRecordWriter(FileChannel file) {
    this.file = file;
  }

  /**
   * Starts a file.
   *
   * @param file that must not exist
   * @return a writer, to be closed
   * @throws IOException if the file exists or cannot be written
   */
  public static TfRecordWriter create(Path file) throws IOException {
    return new TfRecordWriter(
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
  }

  /**
   * Appends a record, which is handed to the system when this returns.
   *
   * @param record its bytes; may be empty
   * @throws IOException if it cannot be written
   */
  public void write(byte[] record) throws IOException {
    ByteBuffer framed =
        ByteBuffer.allocate(record.length + Long.BYTES + 2 * Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(record.length);
    framed.putInt(MaskedCrc.of(framed.duplicate().flip())).put(record);
    framed.putInt(MaskedCrc.of(ByteBuffer.wrap(record))).flip();
    while (framed.hasRemaining()) {
      file.write(framed);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
