package io.github.tfbit.checkpoints.npz;

import static io.github.tfbit.checkpoints.CheckpointException.corrupt;
import static io.github.tfbit.checkpoints.CheckpointException.unsupported;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Reads a zip archive's central directory and finds every member's data; trusts no number. */
final class ZipDirectory {
  /** Deflate cannot do better than 1032 to 1: 258 bytes from two bits. */
  private static final long MAX_RATIO = 1032;

  /** A block of deflated data takes a few bits even when it holds nothing. */
  private static final long RATIO_SLACK = 1 << 12;

  private ZipDirectory() {}

  /**
   * Every member, its offset being that of its data.
   *
   * @return in the order of the directory
   */
  static List<ZipMember> read(FileChannel channel, String where) throws IOException {
    ZipEnd end = ZipEnd.find(channel, where);
    ByteBuffer b = Window.read(channel, end.offset(), (int) end.size(), where);
    List<ZipMember> members = new ArrayList<>();
    while (b.hasRemaining()) {
      members.add(header(b, end.offset() + b.position(), where));
    }
    if (members.size() != end.count()) {
      throw corrupt(where, end.count() + " members in the zip directory", "" + members.size());
    }
    List<ZipMember> located = new ArrayList<>();
    for (ZipMember m : members) {
      located.add(LocalHeader.locate(channel, m, end.offset(), where));
    }
    requireDisjoint(members, located, end.offset(), where);
    return located;
  }

  private static ZipMember header(ByteBuffer b, long at, String where) throws IOException {
    int begin = b.position();
    if (b.remaining() < ZipFormat.CENTRAL_SIZE || b.getInt(begin) != ZipFormat.CENTRAL) {
      throw corrupt(where, "a zip directory header at offset " + at, "other bytes");
    }
    int flags = b.getShort(begin + 8);
    int nameLength = b.getShort(begin + 28) & 0xFFFF;
    int extraLength = b.getShort(begin + 30) & 0xFFFF;
    int total =
        ZipFormat.CENTRAL_SIZE + nameLength + extraLength + (b.getShort(begin + 32) & 0xFFFF);
    if (total > b.remaining()) {
      throw corrupt(
          where,
          "a zip directory header of " + total + " bytes at offset " + at,
          b.remaining() + " bytes left in the directory");
    }
    ByteBuffer nameBytes = b.slice(begin + ZipFormat.CENTRAL_SIZE, nameLength);
    String name = name(nameBytes, (flags & ZipFormat.FLAG_UTF8) != 0, where);
    Sizes sizes =
        Sizes.of(b, begin, b.slice(begin + ZipFormat.CENTRAL_SIZE + nameLength, extraLength));
    ZipMember member =
        new ZipMember(
            name,
            b.getShort(begin + 10) & 0xFFFF,
            b.getInt(begin + 16) & ZipFormat.IN_EXTRA,
            sizes.compressed(),
            sizes.size(),
            sizes.offset());
    b.position(begin + total);
    check(member, flags, where);
    return member;
  }

  private static void check(ZipMember m, int flags, String where) throws IOException {
    String at = where + ": member '" + m.name() + "'";
    if ((flags & ZipFormat.FLAG_ENCRYPTED) != 0) {
      throw unsupported(at, "plain contents", "encrypted ones", "decrypt the archive first");
    }
    if (m.method() != ZipMember.STORED && m.method() != ZipMember.DEFLATED) {
      throw unsupported(
          at,
          "a stored or deflated member",
          "compression method " + m.method(),
          "save it again with np.savez");
    }
    boolean possible =
        m.stored()
            ? m.size() == m.compressed()
            : m.size() >= 0 && m.size() / MAX_RATIO <= m.compressed() + RATIO_SLACK;
    if (m.compressed() < 0 || m.offset() < 0 || !possible) {
      throw corrupt(
          at,
          "sizes that are possible",
          Long.toUnsignedString(m.compressed())
              + (" bytes for contents of " + Long.toUnsignedString(m.size())));
    }
  }

  /** Python writes names as ASCII or flags them as UTF-8; nothing else is guessed at. */
  private static String name(ByteBuffer bytes, boolean utf8, String where) throws IOException {
    try {
      var charset = utf8 ? StandardCharsets.UTF_8 : StandardCharsets.US_ASCII;
      return charset.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw unsupported(
          where,
          "member names in ASCII or UTF-8",
          "other bytes in a name",
          "save it again with np.savez");
    }
  }

  private static void requireDisjoint(
      List<ZipMember> headers, List<ZipMember> data, long directory, String where)
      throws IOException {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < headers.size(); i++) {
      order.add(i);
    }
    order.sort(Comparator.comparingLong(i -> headers.get(i).offset()));
    for (int k = 0; k < order.size(); k++) {
      ZipMember m = data.get(order.get(k));
      boolean last = k + 1 == order.size();
      long limit = last ? directory : headers.get(order.get(k + 1)).offset();
      if (m.compressed() > limit - m.offset()) {
        String next = last ? "the directory" : "'" + headers.get(order.get(k + 1)).name() + "'";
        throw corrupt(
            where + ": member '" + m.name() + "'",
            m.compressed() + " bytes from offset " + m.offset(),
            next + " at " + limit);
      }
    }
  }

  /** The three numbers that move to the zip64 extra field when they are too large (4.5.3). */
  private record Sizes(long size, long compressed, long offset) {
    static Sizes of(ByteBuffer b, int begin, ByteBuffer extra) {
      long compressed = b.getInt(begin + 20) & ZipFormat.IN_EXTRA;
      long size = b.getInt(begin + 24) & ZipFormat.IN_EXTRA;
      long offset = b.getInt(begin + 42) & ZipFormat.IN_EXTRA;
      ByteBuffer wide = zip64(extra);
      return new Sizes(widen(size, wide), widen(compressed, wide), widen(offset, wide));
    }

    private static long widen(long value, ByteBuffer wide) {
      return value == ZipFormat.IN_EXTRA && wide.remaining() >= 8 ? wide.getLong() : value;
    }

    private static ByteBuffer zip64(ByteBuffer extra) {
      ByteBuffer e = extra.order(java.nio.ByteOrder.LITTLE_ENDIAN);
      while (e.remaining() >= 4) {
        int id = e.getShort() & 0xFFFF;
        int length = Math.min(e.getShort() & 0xFFFF, e.remaining());
        if (id == ZipFormat.EXTRA_64) {
          return e.slice(e.position(), length).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        }
        e.position(e.position() + length);
      }
      return ByteBuffer.allocate(0);
    }
  }
}
