package io.github.tfbit.serving;

import com.google.protobuf.CodedInputStream;
import io.github.tfbit.serving.wire.Message;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** How gRPC reads and writes messages. */
final class Marshalling {
  private Marshalling() {}

  /** Reads one message. */
  interface Reader<Q> {
    Q read(CodedInputStream in) throws IOException;
  }

  /**
   * Of requests, which are only read.
   *
   * @param reader of one
   */
  record Requests<Q>(Reader<Q> reader) implements Marshaller<Q> {
    @Override
    public InputStream stream(Q value) {
      throw new UnsupportedOperationException("a server sends no requests");
    }

    @Override
    public Q parse(InputStream stream) {
      try {
        return reader.read(CodedInputStream.newInstance(stream.readAllBytes()));
      } catch (IOException e) {
        throw Status.INVALID_ARGUMENT
            .withDescription("expected a whole message, found: " + e.getMessage())
            .withCause(e)
            .asRuntimeException();
      }
    }
  }

  /** Of answers, which are only written. */
  record Responses() implements Marshaller<Message> {
    @Override
    public InputStream stream(Message value) {
      return new ByteArrayInputStream(Message.bytes(value));
    }

    @Override
    public Message parse(InputStream stream) {
      throw new UnsupportedOperationException("a server gets no answers");
    }
  }
}
