package io.github.tfbit.checkpoints.protos;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A message, written field by field into memory. */
public final class ProtoWriter {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final CodedOutputStream out = CodedOutputStream.newInstance(bytes);

  /** Starts an empty message. */
  public ProtoWriter() {}

  private interface Field {
    void write() throws IOException;
  }

  private ProtoWriter add(Field field) {
    try {
      field.write();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException("a stream in memory does not fail", e);
    }
  }

  /**
   * Adds an int32, int64, bool or enum; 0 too.
   *
   * @param field its number
   * @param value its value
   * @return this
   */
  public ProtoWriter varint(int field, long value) {
    return add(() -> out.writeInt64(field, value));
  }

  /**
   * Adds a fixed32.
   *
   * @param field its number
   * @param value its bits
   * @return this
   */
  public ProtoWriter fixed32(int field, int value) {
    return add(() -> out.writeFixed32(field, value));
  }

  /**
   * Adds a string.
   *
   * @param field its number
   * @param value its value
   * @return this
   */
  public ProtoWriter string(int field, String value) {
    return add(() -> out.writeByteArray(field, value.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Adds bytes, or a message that is there as such.
   *
   * @param field its number
   * @param value its bytes
   * @return this
   */
  public ProtoWriter bytes(int field, byte[] value) {
    return add(() -> out.writeByteArray(field, value));
  }

  /**
   * Adds a message.
   *
   * @param field its number
   * @param value the message, complete
   * @return this
   */
  public ProtoWriter message(int field, ProtoWriter value) {
    return add(() -> out.writeByteArray(field, value.toByteArray()));
  }

  /**
   * The message so far.
   *
   * @return its bytes
   */
  public byte[] toByteArray() {
    add(out::flush);
    return bytes.toByteArray();
  }
}
