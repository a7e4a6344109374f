package io.github.tfbit.checkpoints.hdf5;

import io.github.tfbit.checkpoints.CheckpointException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * A piece of a file, read field by field; little-endian, as all structure of HDF5. Each field is
 * checked against the end of the piece.
 */
final class Fields {
  /** All bits set: no address (the format, section I, "undefined address"). */
  static final long UNDEFINED = -1L;

  private final ByteBuffer bytes;
  private final long address;
  private final String file;

  Fields(ByteBuffer bytes, long address, String file) {
    this.bytes = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    this.address = address;
    this.file = file;
  }

  /** The same bytes from their beginning, with a position of their own. */
  Fields copy() {
    return new Fields(bytes.duplicate().rewind(), address, file);
  }

  int remaining() {
    return bytes.remaining();
  }

  /** Bytes read so far. */
  int position() {
    return bytes.position();
  }

  int u8() throws CheckpointException {
    return require(1).get() & 0xFF;
  }

  int u16() throws CheckpointException {
    return require(2).getShort() & 0xFFFF;
  }

  long u32() throws CheckpointException {
    return require(4).getInt() & 0xFFFFFFFFL;
  }

  /** An address or a length of 8 bytes; beyond 2^63 negative, which every use of it refuses. */
  long u64() throws CheckpointException {
    return require(8).getLong();
  }

  /** A number of 1, 2, 4 or 8 bytes. */
  long unsigned(int width) throws CheckpointException {
    return switch (width) {
      case 1 -> u8();
      case 2 -> u16();
      case 4 -> u32();
      default -> u64();
    };
  }

  Fields skip(int n) throws CheckpointException {
    require(n).position(bytes.position() + n);
    return this;
  }

  /** The next {@code n} bytes as a piece of their own. */
  Fields part(long n) throws CheckpointException {
    int length = Math.toIntExact(Math.max(-1, Math.min(n, Integer.MAX_VALUE)));
    ByteBuffer piece = require(length).slice(bytes.position(), length);
    long at = address + bytes.position();
    bytes.position(bytes.position() + length);
    return new Fields(piece, at, file);
  }

  /** What is left, as a read-only buffer. */
  ByteBuffer rest() {
    return bytes.slice().asReadOnlyBuffer();
  }

  /** All that is left, as text. */
  String text() throws CheckpointException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(rest()).toString();
    } catch (CharacterCodingException e) {
      throw new CheckpointException.Corrupt(corrupt("text", "bytes that are none").problem(), e);
    }
  }

  /** Text up to a zero byte, which ends it. */
  Fields terminated() throws CheckpointException {
    int n = 0;
    while (n < bytes.remaining() && bytes.get(bytes.position() + n) != 0) {
      n++;
    }
    if (n == bytes.remaining()) {
      throw corrupt("text that ends in a zero byte", n + " bytes without one");
    }
    Fields text = part(n);
    skip(1);
    return text;
  }

  boolean startsWith(String signature) {
    byte[] expected = signature.getBytes(StandardCharsets.ISO_8859_1);
    int n = Math.min(expected.length, bytes.remaining());
    return bytes.slice(bytes.position(), n).equals(ByteBuffer.wrap(expected));
  }

  /** Four letters that begin most structures. */
  Fields signature(String letters) throws CheckpointException {
    if (!startsWith(letters)) {
      throw corrupt("the signature '" + letters + "'", "other bytes");
    }
    return skip(letters.length());
  }

  /** A version or the like, of which one value is known. */
  Fields only(int expected, String what) throws CheckpointException {
    String where = where();
    int found = u8();
    if (found != expected) {
      throw CheckpointException.corrupt(where, what + " " + expected, String.valueOf(found));
    }
    return this;
  }

  /** Refuses a structure whose bytes do not have their checksum. */
  static void requireChecksum(Fields covered, int expected) throws CheckpointException {
    int found = Lookup3.of(covered.bytes);
    if (found != expected) {
      String sum = String.format("the checksum %08x", expected);
      throw covered.corrupt(sum, String.format("bytes with %08x", found));
    }
  }

  /** File and byte offset of the next field. */
  String where() {
    return file + ": byte " + (address + bytes.position());
  }

  CheckpointException.Corrupt corrupt(String expected, String found) {
    return CheckpointException.corrupt(where(), expected, found);
  }

  private ByteBuffer require(int n) throws CheckpointException {
    if (n < 0 || n > bytes.remaining()) {
      String more = n < 0 ? "a length" : n + " more bytes of this structure";
      throw corrupt(more, n < 0 ? "a negative one" : "its end after " + bytes.remaining());
    }
    return bytes;
  }
}
