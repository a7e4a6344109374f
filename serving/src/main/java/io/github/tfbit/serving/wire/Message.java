package io.github.tfbit.serving.wire;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A message that can be sent. */
public interface Message {
  /**
   * Writes its fields.
   *
   * @param out where to
   * @throws IOException if that fails
   */
  void write(CodedOutputStream out) throws IOException;

  /**
   * A message's bytes.
   *
   * @param message to write
   * @return its fields, without a length
   */
  static byte[] bytes(Message message) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      message.write(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return bytes.toByteArray();
  }
}
