package io.github.tfbit.checkpoints.npz;

import static io.github.tfbit.checkpoints.CheckpointException.corrupt;

import io.github.tfbit.checkpoints.CheckpointException;
import io.github.tfbit.checkpoints.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * One member's contents from beginning to end, straight into the caller's memory, with its CRC-32
 * on the way.
 */
final class MemberChannel implements ReadableByteChannel {
  /** Small enough to be in the cache when the CRC runs over it. */
  private static final int CHUNK = 1 << 20;

  private static final int INPUT = 1 << 16;

  private final FileChannel file;
  private final ZipMember member;
  private final String where;
  private final CRC32 crc = new CRC32();
  private final Inflater inflater;
  private final ByteBuffer input;
  private long taken;
  private long given;

  MemberChannel(FileChannel file, ZipMember member, String where) {
    this.file = file;
    this.member = member;
    this.where = where;
    this.inflater = member.stored() ? null : new Inflater(true);
    this.input = member.stored() ? null : ByteBuffer.allocate(INPUT);
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    int wanted = (int) Math.min(Math.min(target.remaining(), CHUNK), member.size() - given);
    if (wanted == 0) {
      return target.hasRemaining() ? -1 : 0;
    }
    ByteBuffer piece = target.slice(target.position(), wanted);
    int n = member.stored() ? copy(piece) : inflate(piece);
    crc.update(piece.flip());
    given += n;
    target.position(target.position() + n);
    return n;
  }

  /** Fills the target; the header has said that the contents are long enough. */
  void readFully(ByteBuffer target) throws IOException {
    while (target.hasRemaining()) {
      if (read(target) < 0) {
        throw corrupt(where, target.remaining() + " more bytes", "the end of the contents");
      }
    }
  }

  /** After the last byte: nothing may follow, and the checksum must be the directory's. */
  void requireEnd() throws IOException {
    if (inflater != null && (inflate(ByteBuffer.allocate(1)) != 0 || unused() != 0)) {
      throw corrupt(
          where,
          "deflated data that end with " + member.size() + " bytes of contents",
          "more of them");
    }
    requireCrc(crc.getValue(), member, where);
  }

  static void requireCrc(long found, ZipMember member, String where) throws IOException {
    if (found != member.crc()) {
      throw corrupt(
          where,
          "contents with CRC-32 " + Long.toHexString(member.crc()),
          "CRC-32 " + Long.toHexString(found));
    }
  }

  private int copy(ByteBuffer piece) throws IOException {
    int n = file.read(piece, member.offset() + given);
    if (n < 0) {
      throw corrupt(where, member.size() + " bytes of contents", "the end of the file");
    }
    return n;
  }

  private int inflate(ByteBuffer piece) throws IOException {
    try {
      while (true) {
        int n = inflater.inflate(piece);
        if (n > 0) {
          return n;
        }
        if (inflater.finished() || inflater.needsDictionary()) {
          return ended(piece);
        }
        refill();
      }
    } catch (DataFormatException e) {
      throw new CheckpointException.Corrupt(
          new Problem(
              "deflated data",
              "bytes that are none (" + e.getMessage() + ") after " + given + " bytes of contents",
              where,
              "the file is damaged: copy or download it again"),
          e);
    }
  }

  private int ended(ByteBuffer piece) throws IOException {
    if (given < member.size() || inflater.needsDictionary()) {
      throw corrupt(
          where, member.size() + " bytes of deflated contents", "their end after " + given);
    }
    return piece.position();
  }

  private void refill() throws IOException {
    long left = member.compressed() - taken;
    if (left == 0) {
      throw corrupt(
          where,
          "the end of the deflated data within " + member.compressed() + " bytes",
          "no end in them");
    }
    input.clear().limit((int) Math.min(input.capacity(), left));
    int n = file.read(input, member.offset() + taken);
    if (n < 0) {
      throw corrupt(where, member.compressed() + " bytes of data", "the end of the file");
    }
    taken += n;
    inflater.setInput(input.flip());
  }

  private long unused() {
    return member.compressed() - taken + inflater.getRemaining();
  }

  @Override
  public boolean isOpen() {
    return file.isOpen();
  }

  /** Frees the inflater; the file stays open. */
  @Override
  public void close() {
    if (inflater != null) {
      inflater.end();
    }
  }
}
