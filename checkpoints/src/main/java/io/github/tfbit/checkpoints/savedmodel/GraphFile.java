package io.github.tfbit.checkpoints.savedmodel;

import io.github.tfbit.checkpoints.FileBytes;
import io.github.tfbit.checkpoints.protos.ProtoReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;

/**
 * {@code saved_model.pb}, read in passes: what a pass does not need it passes over, because a graph
 * may hold hundreds of megabytes of constants.
 *
 * @param file the file
 */
record GraphFile(FileBytes file) {
  /**
   * A message in the file.
   *
   * @param offset of its first byte
   * @param length in bytes
   */
  record Part(long offset, long length) {
    static final Part NONE = new Part(0, 0);

    /** A message in this one. */
    Part part(ProtoReader.Range range) {
      return new Part(offset + range.offset(), range.length());
    }
  }

  /** What is done with a message. */
  @FunctionalInterface
  interface Body<T> {
    T read(ProtoReader r) throws IOException;
  }

  Part whole() {
    return new Part(0, file.size());
  }

  <T> T read(Part part, Body<T> body) throws IOException {
    try (FileChannel channel = file.open().position(part.offset());
        InputStream in = Channels.newInputStream(channel)) {
      return body.read(ProtoReader.of(in, part.length(), file.where()));
    }
  }
}
