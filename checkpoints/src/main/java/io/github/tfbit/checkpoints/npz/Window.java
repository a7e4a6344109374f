package io.github.tfbit.checkpoints.npz;

import static io.github.tfbit.checkpoints.CheckpointException.corrupt;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/** Small pieces of a file, read after checking that they lie in it. */
final class Window {
  private Window() {}

  /** The bytes from {@code offset} to {@code offset + length}, little-endian. */
  static ByteBuffer read(FileChannel channel, long offset, int length, String where)
      throws IOException {
    long size = channel.size();
    if (offset < 0 || offset > size - length) {
      throw corrupt(
          where,
          length + " bytes at offset " + Long.toUnsignedString(offset),
          "a file of " + size + " bytes");
    }
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, offset + bytes.position()) < 0) {
        throw corrupt(where, length + " bytes at offset " + offset, "the end of the file");
      }
    }
    return bytes.flip();
  }
}
