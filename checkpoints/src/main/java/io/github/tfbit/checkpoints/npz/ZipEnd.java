package io.github.tfbit.checkpoints.npz;

import static io.github.tfbit.checkpoints.CheckpointException.corrupt;
import static io.github.tfbit.checkpoints.CheckpointException.unsupported;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * Where a zip archive's central directory is: the end record, and the zip64 end record that takes
 * its place when numbers are too large for it.
 *
 * @param count of members
 * @param offset of the central directory from the beginning of the file
 * @param size of the central directory, bytes
 */
record ZipEnd(long count, long offset, long size) {
  /** Two hundred thousand tensors with long names; the published files need 70 KB. */
  private static final long MAX_DIRECTORY = 64L << 20;

  static ZipEnd find(FileChannel channel, String where) throws IOException {
    long file = channel.size();
    int tail = (int) Math.min(file, ZipFormat.END_SIZE + 0xFFFF);
    ByteBuffer bytes = Window.read(channel, file - tail, tail, where);
    int at = locate(bytes);
    if (at < 0) {
      throw corrupt(
          where,
          "a zip archive with its directory at the end",
          "no end record in " + file + " bytes: cut off, or another format");
    }
    long recordOffset = file - tail + at;
    ZipEnd end = record(bytes, at, where);
    long directoryEnd = recordOffset;
    ByteBuffer locator = locator(channel, recordOffset, where);
    if (locator != null) {
      directoryEnd = locator.getLong(8);
      end = record64(channel, directoryEnd, recordOffset, where);
    }
    return end.check(directoryEnd, where);
  }

  /** The last end record whose comment reaches exactly to the end of the file. */
  private static int locate(ByteBuffer tail) {
    for (int at = tail.limit() - ZipFormat.END_SIZE; at >= 0; at--) {
      if (tail.getInt(at) == ZipFormat.END) {
        int comment = tail.getShort(at + 20) & 0xFFFF;
        if (at + ZipFormat.END_SIZE + comment == tail.limit()) {
          return at;
        }
      }
    }
    return -1;
  }

  private static ZipEnd record(ByteBuffer b, int at, String where) throws IOException {
    int disks = b.getShort(at + 4) | b.getShort(at + 6);
    int here = b.getShort(at + 8) & 0xFFFF;
    int count = b.getShort(at + 10) & 0xFFFF;
    if (disks != 0 || here != count) {
      throw severalDisks(where);
    }
    long size = b.getInt(at + 12) & ZipFormat.IN_EXTRA;
    long offset = b.getInt(at + 16) & ZipFormat.IN_EXTRA;
    return new ZipEnd(count, offset, size);
  }

  private static ByteBuffer locator(FileChannel channel, long end, String where)
      throws IOException {
    long at = end - ZipFormat.LOCATOR_64_SIZE;
    if (at < 0) {
      return null;
    }
    ByteBuffer b = Window.read(channel, at, ZipFormat.LOCATOR_64_SIZE, where);
    return b.getInt(0) == ZipFormat.LOCATOR_64 ? b : null;
  }

  private static ZipEnd record64(FileChannel channel, long at, long end, String where)
      throws IOException {
    if (at < 0 || at > end - ZipFormat.LOCATOR_64_SIZE - ZipFormat.END_64_SIZE) {
      throw corrupt(
          where,
          "the zip64 end record before offset " + end,
          "offset " + Long.toUnsignedString(at));
    }
    ByteBuffer b = Window.read(channel, at, ZipFormat.END_64_SIZE, where);
    if (b.getInt(0) != ZipFormat.END_64) {
      throw corrupt(
          where,
          "the zip64 end record's signature at offset " + at,
          "0x" + Integer.toHexString(b.getInt(0)));
    }
    if (b.getInt(16) != 0 || b.getInt(20) != 0 || b.getLong(24) != b.getLong(32)) {
      throw severalDisks(where);
    }
    return new ZipEnd(b.getLong(32), b.getLong(48), b.getLong(40));
  }

  private static IOException severalDisks(String where) {
    return unsupported(
        where,
        "a zip archive in one file",
        "one that is split over several",
        "join its parts first, or save it again with np.savez");
  }

  private ZipEnd check(long directoryEnd, String where) throws IOException {
    if (size < 0 || offset < 0 || size > directoryEnd || offset != directoryEnd - size) {
      throw corrupt(
          where,
          "the zip directory to end where its end record begins, at " + directoryEnd,
          Long.toUnsignedString(size) + " bytes from " + Long.toUnsignedString(offset));
    }
    if (size > MAX_DIRECTORY) {
      throw unsupported(
          where,
          "a zip directory of at most " + MAX_DIRECTORY + " bytes",
          size + " bytes",
          "this is no file of weights; look at what made it");
    }
    if (count < 0 || count > size / ZipFormat.CENTRAL_SIZE) {
      throw corrupt(
          where,
          "at most "
              + size / ZipFormat.CENTRAL_SIZE
              + " members in a directory of "
              + size
              + " bytes",
          Long.toUnsignedString(count));
    }
    return this;
  }
}
