package io.github.tfbit.checkpoints.protos;

import static io.github.tfbit.checkpoints.CheckpointException.corrupt;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import io.github.tfbit.checkpoints.CheckpointException;
import io.github.tfbit.checkpoints.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A message, read field by field:
 *
 * <pre>{@code
 * while (r.next()) {
 *   switch (r.field()) {
 *     case 1 -> name = r.string();
 *     default -> r.skip();
 *   }
 * }
 * }</pre>
 *
 * <p>A string is at most 64 KiB, nesting at most {@value #MAX_DEPTH} deep; the length of a message
 * is checked against its surroundings. Every violation is {@link CheckpointException.Corrupt}. Not
 * safe for several threads; closes nothing.
 */
public final class ProtoReader {
  /** The deepest nesting that is entered. */
  public static final int MAX_DEPTH = 24;

  private static final int MAX_STRING = 1 << 16;

  private final CodedInputStream in;
  private final String where;
  private int tag;
  private int depth;

  private ProtoReader(CodedInputStream in, String where) {
    this.in = in;
    this.where = where;
  }

  /**
   * Reads a message from memory.
   *
   * @param message its bytes from position to limit; the position stays
   * @param where file and place, for messages
   * @return the reader, before the first field
   */
  public static ProtoReader of(ByteBuffer message, String where) {
    return new ProtoReader(CodedInputStream.newInstance(message.duplicate()), where);
  }

  /**
   * Reads a message from a stream.
   *
   * @param in the stream from the message's first byte on; the caller closes it
   * @param length of the message in bytes
   * @param where file and place, for messages
   * @return the reader, before the first field
   * @throws IOException if the length exceeds a message's
   */
  public static ProtoReader of(InputStream in, long length, String where) throws IOException {
    if (length > Integer.MAX_VALUE) {
      throw corrupt(where, "a message below 2 GiB", length + " bytes");
    }
    CodedInputStream coded = CodedInputStream.newInstance(in, 1 << 14);
    coded.setSizeLimit(Integer.MAX_VALUE);
    coded.pushLimit((int) length);
    return new ProtoReader(coded, where);
  }

  /** A part of the reading, whose complaints are told in this project's words. */
  @FunctionalInterface
  private interface Part<T> {
    T read() throws IOException;
  }

  private <T> T guarded(Part<T> part) throws IOException {
    try {
      return part.read();
    } catch (InvalidProtocolBufferException | IllegalStateException e) {
      throw new CheckpointException.Corrupt(
          new Problem(
              "a protocol buffer message",
              String.valueOf(e.getMessage()).replaceAll("\\s+", " ") + " (byte " + position() + ")",
              where,
              "the file is damaged: copy or download it again"),
          e);
    }
  }

  /**
   * Goes to the next field of the message.
   *
   * @return false after the last one
   * @throws IOException if there is no field here
   */
  public boolean next() throws IOException {
    tag = guarded(in::readTag);
    return tag != 0;
  }

  /**
   * The field's number.
   *
   * @return as the .proto file has it
   */
  public int field() {
    return WireFormat.getTagFieldNumber(tag);
  }

  /**
   * Whether the field is a string, bytes, a message or packed numbers.
   *
   * @return whether it has a length
   */
  public boolean hasLength() {
    return WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
  }

  private void require(int wireType) throws IOException {
    if (WireFormat.getTagWireType(tag) != wireType) {
      throw corrupt(
          where,
          "wire type " + wireType + " of field " + field(),
          "wire type " + WireFormat.getTagWireType(tag) + " at byte " + position());
    }
  }

  /**
   * Reads the field as int32, int64, bool or enum.
   *
   * @return its value
   * @throws IOException if it is of another type
   */
  public long varint() throws IOException {
    require(WireFormat.WIRETYPE_VARINT);
    return guarded(in::readInt64);
  }

  /**
   * Reads the field as fixed32 or float.
   *
   * @return its bits
   * @throws IOException if it is of another type
   */
  public int fixed32() throws IOException {
    require(WireFormat.WIRETYPE_FIXED32);
    return guarded(in::readFixed32);
  }

  /**
   * Reads the field as fixed64 or double.
   *
   * @return its bits
   * @throws IOException if it is of another type
   */
  public long fixed64() throws IOException {
    require(WireFormat.WIRETYPE_FIXED64);
    return guarded(in::readFixed64);
  }

  /**
   * Reads the field as string.
   *
   * @return its value
   * @throws IOException if it is of another type, too long or no UTF-8
   */
  public String string() throws IOException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes())).toString();
    } catch (CharacterCodingException e) {
      throw corrupt(where, "UTF-8 in field " + field(), "other bytes before byte " + position());
    }
  }

  private byte[] bytes() throws IOException {
    require(WireFormat.WIRETYPE_LENGTH_DELIMITED);
    int length = guarded(in::readRawVarint32);
    if (length < 0 || length > MAX_STRING) {
      throw corrupt(where, "at most 64 KiB in field " + field(), length + " bytes");
    }
    return guarded(() -> in.readRawBytes(length));
  }

  /**
   * Reads the field as bytes if they are as many as expected; passes over it if not.
   *
   * @param length bytes expected
   * @return little-endian; empty if there are more or less
   * @throws IOException if it is of another type
   */
  public Optional<ByteBuffer> bytes(int length) throws IOException {
    require(WireFormat.WIRETYPE_LENGTH_DELIMITED);
    int found = guarded(in::readRawVarint32);
    if (found == length) {
      byte[] bytes = guarded(() -> in.readRawBytes(length));
      return Optional.of(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
    }
    pass(found);
    return Optional.empty();
  }

  private void pass(int length) throws IOException {
    guarded(
        () -> {
          in.skipRawBytes(length);
          return null;
        });
  }

  /**
   * Where a message is, without reading it.
   *
   * @param offset of its first byte from the beginning of this reader
   * @param length in bytes
   */
  public record Range(long offset, int length) {}

  /**
   * Passes over the field, a message, and says where it is.
   *
   * @return its place
   * @throws IOException if it is of another type or longer than what surrounds it
   */
  public Range range() throws IOException {
    require(WireFormat.WIRETYPE_LENGTH_DELIMITED);
    int length = guarded(in::readRawVarint32);
    long offset = position();
    pass(length);
    return new Range(offset, length);
  }

  /**
   * Enters the field, a message: {@link #next} then goes through its fields.
   *
   * @return what {@link #leave} wants
   * @throws IOException if it is of another type, longer than what surrounds it, or too deep
   */
  public int enter() throws IOException {
    require(WireFormat.WIRETYPE_LENGTH_DELIMITED);
    if (++depth > MAX_DEPTH) {
      throw corrupt(where, "messages at most " + MAX_DEPTH + " deep", "more");
    }
    return guarded(() -> in.pushLimit(in.readRawVarint32()));
  }

  /**
   * Leaves a message after its last field.
   *
   * @param surroundings what {@link #enter} returned
   * @throws IOException if the message is shorter than it said
   */
  public void leave(int surroundings) throws IOException {
    if (in.getBytesUntilLimit() != 0) {
      throw corrupt(where, in.getBytesUntilLimit() + " more bytes", "the end at " + position());
    }
    in.popLimit(surroundings);
    depth--;
  }

  /**
   * Whether there is more in packed numbers that were entered.
   *
   * @return false after the last one
   */
  public boolean more() {
    return in.getBytesUntilLimit() > 0;
  }

  /**
   * Reads the next of packed int32, int64, bool or enum.
   *
   * @return its value
   * @throws IOException if it does not end
   */
  public long packedVarint() throws IOException {
    return guarded(in::readInt64);
  }

  /**
   * Passes over the field.
   *
   * @throws IOException if it does not end
   */
  public void skip() throws IOException {
    if (!guarded(() -> in.skipField(tag))) {
      throw corrupt(where, "a field", "the end of a group at byte " + position());
    }
  }

  /**
   * A message whose fields cannot be true.
   *
   * @param expected what was expected
   * @param found what was found instead
   * @return the error, to be thrown
   */
  public CheckpointException.Corrupt violation(String expected, String found) {
    return corrupt(where, expected, found);
  }

  private long position() {
    return in.getTotalBytesRead();
  }
}
