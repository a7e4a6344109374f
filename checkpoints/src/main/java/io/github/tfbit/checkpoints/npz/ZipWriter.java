package io.github.tfbit.checkpoints.npz;

import io.github.tfbit.checkpoints.Checkpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * A zip archive with the bytes that numpy's {@code savez} makes through Python's {@code zipfile}:
 * members stored, dated 1980-01-01, made by Unix with mode 0600, a zip64 extra field in every local
 * header, and zip64 in the directory from {@code ZIP64_LIMIT} on, which is 2^31 - 1 there.
 */
final class ZipWriter {
  /** Python's zipfile.ZIP64_LIMIT. */
  static final long PYTHON_LIMIT = Integer.MAX_VALUE;

  private static final int CHUNK = 1 << 20;

  /** 4.4.3: version 4.5, which knows zip64. */
  private static final short VERSION = 45;

  /** 4.4.2: made by Unix (3), version 4.5. */
  private static final short MADE_BY = 3 << 8 | VERSION;

  /** 4.4.6 of 1980-01-01 00:00, in MS-DOS form. */
  private static final short DATE = 1 << 5 | 1;

  /** Unix mode 0600 in the upper half of the external attributes. */
  private static final int ATTRIBUTES = 0600 << 16;

  /** 4.5.3 in a local header: id, length, two sizes. */
  private static final int LOCAL_EXTRA = 20;

  private final FileChannel out;
  private final long limit;
  private final List<ZipMember> members = new ArrayList<>();
  private long at;

  /**
   * An empty archive.
   *
   * @param limit from which on the directory uses zip64, bytes
   */
  ZipWriter(FileChannel out, long limit) {
    this.out = out;
    this.limit = limit;
  }

  /** What is in a member. */
  @FunctionalInterface
  interface Contents {
    /** Hands all of it to the sink, piece by piece. */
    void writeTo(Checkpoint.Sink sink) throws IOException;
  }

  /** Adds a member. */
  void add(String name, Contents contents) throws IOException {
    byte[] encoded = name.getBytes(StandardCharsets.UTF_8);
    long header = at;
    at += ZipFormat.LOCAL_SIZE + encoded.length + LOCAL_EXTRA;
    long data = at;
    CRC32 crc = new CRC32();
    contents.writeTo(piece -> append(piece.duplicate(), crc));
    long size = at - data;
    ZipMember member = new ZipMember(name, ZipMember.STORED, crc.getValue(), size, size, header);
    write(local(member, encoded), header);
    members.add(member);
  }

  /** Writes the directory; nothing can be added afterwards. */
  void finish() throws IOException {
    long start = at;
    for (ZipMember member : members) {
      ByteBuffer header = central(member);
      int length = header.remaining();
      write(header, at);
      at += length;
    }
    write(end(start, at - start), at);
  }

  private void append(ByteBuffer part, CRC32 crc) throws IOException {
    while (part.hasRemaining()) {
      ByteBuffer chunk = part.slice(part.position(), Math.min(part.remaining(), CHUNK));
      part.position(part.position() + chunk.remaining());
      crc.update(chunk.duplicate());
      int length = chunk.remaining();
      write(chunk, at);
      at += length;
    }
  }

  private void write(ByteBuffer bytes, long offset) throws IOException {
    long position = offset;
    while (bytes.hasRemaining()) {
      position += out.write(bytes, position);
    }
  }

  private static short flags(String name, byte[] encoded) {
    return (short) (name.length() == encoded.length ? 0 : ZipFormat.FLAG_UTF8);
  }

  private static ByteBuffer local(ZipMember m, byte[] name) {
    return buffer(ZipFormat.LOCAL_SIZE + name.length + LOCAL_EXTRA)
        .putInt(ZipFormat.LOCAL)
        .putShort(VERSION)
        .putShort(flags(m.name(), name))
        .putShort((short) m.method())
        .putShort((short) 0)
        .putShort(DATE)
        .putInt((int) m.crc())
        .putInt((int) ZipFormat.IN_EXTRA)
        .putInt((int) ZipFormat.IN_EXTRA)
        .putShort((short) name.length)
        .putShort((short) LOCAL_EXTRA)
        .put(name)
        .putShort((short) ZipFormat.EXTRA_64)
        .putShort((short) 16)
        .putLong(m.size())
        .putLong(m.compressed())
        .flip();
  }

  private ByteBuffer central(ZipMember m) {
    byte[] name = m.name().getBytes(StandardCharsets.UTF_8);
    boolean far = m.offset() > limit;
    int extra = far ? 12 : 0;
    ByteBuffer b =
        buffer(ZipFormat.CENTRAL_SIZE + name.length + extra)
            .putInt(ZipFormat.CENTRAL)
            .putShort(MADE_BY)
            .putShort(VERSION)
            .putShort(flags(m.name(), name))
            .putShort((short) m.method())
            .putShort((short) 0)
            .putShort(DATE)
            .putInt((int) m.crc())
            .putInt((int) m.compressed())
            .putInt((int) m.size())
            .putShort((short) name.length)
            .putShort((short) extra)
            .putShort((short) 0)
            .putShort((short) 0)
            .putShort((short) 0)
            .putInt(ATTRIBUTES)
            .putInt((int) (far ? ZipFormat.IN_EXTRA : m.offset()))
            .put(name);
    if (far) {
      b.putShort((short) ZipFormat.EXTRA_64).putShort((short) 8).putLong(m.offset());
    }
    return b.flip();
  }

  private ByteBuffer end(long start, long size) {
    int count = members.size();
    ByteBuffer b = buffer(ZipFormat.END_64_SIZE + ZipFormat.LOCATOR_64_SIZE + ZipFormat.END_SIZE);
    if (count > ZipFormat.COUNT_IN_64 || start > limit || size > limit) {
      b.putInt(ZipFormat.END_64)
          .putLong(ZipFormat.END_64_SIZE - 12)
          .putShort(VERSION)
          .putShort(VERSION)
          .putLong(0)
          .putLong(count)
          .putLong(count)
          .putLong(size)
          .putLong(start);
      b.putInt(ZipFormat.LOCATOR_64).putInt(0).putLong(start + size).putInt(1);
    }
    short shown = (short) Math.min(count, ZipFormat.COUNT_IN_64);
    return b.putInt(ZipFormat.END)
        .putInt(0)
        .putShort(shown)
        .putShort(shown)
        .putInt((int) Math.min(size, ZipFormat.IN_EXTRA))
        .putInt((int) Math.min(start, ZipFormat.IN_EXTRA))
        .putShort((short) 0)
        .flip();
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
