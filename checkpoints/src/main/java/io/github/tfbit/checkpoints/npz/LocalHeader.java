package io.github.tfbit.checkpoints.npz;

import static io.github.tfbit.checkpoints.CheckpointException.corrupt;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;

/** The header before a member's data; it must agree with the directory. */
final class LocalHeader {
  private LocalHeader() {}

  /** The member, its offset moved from its local header to its data. */
  static ZipMember locate(FileChannel channel, ZipMember m, long directory, String file)
      throws IOException {
    String where = file + ": member '" + m.name() + "'";
    byte[] name = m.name().getBytes(StandardCharsets.UTF_8);
    int length = ZipFormat.LOCAL_SIZE + name.length;
    if (m.offset() > directory - length) {
      throw corrupt(
          where, "its header before the directory at " + directory, "offset " + m.offset());
    }
    ByteBuffer b = Window.read(channel, m.offset(), length, where);
    if (b.getInt(0) != ZipFormat.LOCAL) {
      throw corrupt(where, "a member header at offset " + m.offset(), "other bytes");
    }
    boolean sameName =
        (b.getShort(26) & 0xFFFF) == name.length
            && b.slice(ZipFormat.LOCAL_SIZE, name.length).equals(ByteBuffer.wrap(name));
    if (!sameName || (b.getShort(8) & 0xFFFF) != m.method()) {
      throw corrupt(
          where,
          "the same name and method in the member's header at offset " + m.offset(),
          "others");
    }
    if ((b.getShort(6) & ZipFormat.FLAG_DESCRIPTOR) == 0) {
      requireSame(b, 14, m.crc(), "CRC-32", where);
      requireSame(b, 18, m.compressed(), "compressed size", where);
      requireSame(b, 22, m.size(), "size", where);
    }
    long data = m.offset() + length + (b.getShort(28) & 0xFFFF);
    if (m.compressed() > directory - data) {
      throw corrupt(
          where,
          m.compressed() + " bytes of data before the directory at " + directory,
          "data that begin at " + data);
    }
    return m.at(data);
  }

  /** A size that is in the extra field is taken from the directory. */
  private static void requireSame(ByteBuffer b, int at, long directory, String what, String where)
      throws IOException {
    long local = b.getInt(at) & ZipFormat.IN_EXTRA;
    if (local != directory && local != ZipFormat.IN_EXTRA) {
      throw corrupt(
          where,
          "the directory's " + what + ", " + directory + ", in the member's header too",
          Long.toString(local));
    }
  }
}
