package io.github.tfbit.checkpoints.hdf5;

import static io.github.tfbit.checkpoints.CheckpointException.corrupt;
import static io.github.tfbit.checkpoints.CheckpointException.unsupported;

import io.github.tfbit.checkpoints.CheckpointException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * Reads a file's structure piece by piece, and stops when a file asks for more than it can need: no
 * piece lies beyond the end, and all together have a limit that follows from the size of the file.
 * That bounds memory and time whatever the addresses in the file point at.
 */
final class Structure {
  /** Bytes: the structure of R152x4 as Keras writes it has about 2 MB. */
  private static final long LIMIT = 32L << 20;

  /** What a small piece counts for, in bytes, so that their number has a limit as well. */
  private static final int LEAST = 256;

  /** Bytes of Java's heap that an entry of some list costs besides its text. */
  static final int OBJECT = 128;

  private final FileChannel channel;
  private final String file;
  private final long size;
  private final long limit;
  private long spent;

  Structure(FileChannel channel, String file) throws IOException {
    this.channel = channel;
    this.file = file;
    this.size = channel.size();
    this.limit = size > LIMIT / 8 ? LIMIT : 8 * size + (64 << 10);
  }

  String file() {
    return file;
  }

  /** Bytes of the whole file. */
  long size() {
    return size;
  }

  /**
   * Reads one piece.
   *
   * @param address of its first byte
   * @param length in bytes
   * @param what it is, for messages
   */
  Fields at(long address, long length, String what) throws IOException {
    require(address, length, what);
    spend(Math.max(length, LEAST));
    ByteBuffer piece = ByteBuffer.allocate((int) length);
    fill(channel, address, piece, file);
    return new Fields(piece.flip(), address, file);
  }

  /** Like {@link #at}, but shorter if the file ends before. */
  Fields atMost(long address, long length, String what) throws IOException {
    require(address, 0, what);
    return at(address, Math.min(length, size - address), what);
  }

  /** Refuses a piece that does not lie in the file. */
  void require(long address, long length, String what) throws CheckpointException {
    if (address < 0 || length < 0 || address > size || length > size - address) {
      String found =
          Long.toUnsignedString(length) + " bytes at byte " + Long.toUnsignedString(address);
      throw corrupt(file, what + " inside the file's " + size + " bytes", found);
    }
  }

  /** Counts bytes that are kept in memory because the file asks for them. */
  void spend(long bytes) throws CheckpointException {
    spent += bytes;
    if (spent > limit && limit < LIMIT) {
      throw corrupt(
          file,
          "groups and attributes that fit in the file's " + size + " bytes",
          "structures that refer to each other again and again");
    }
    if (spent > limit) {
      throw unsupported(
          file,
          "at most " + (LIMIT >> 20) + " MiB of groups and attributes",
          "more",
          "no Keras file of BiT has as much; copy the weights into a file of their own");
    }
  }

  /** Fills a buffer from a place in the file. */
  static void fill(FileChannel channel, long address, ByteBuffer target, String file)
      throws IOException {
    long at = address;
    while (target.hasRemaining()) {
      int n = channel.read(target, at);
      if (n < 0) {
        throw corrupt(file, target.remaining() + " more bytes at byte " + at, "the end");
      }
      at += n;
    }
  }
}
