package io.github.tfbit.serving.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A request to Classify (classification.proto, input.proto).
 *
 * @param spec which model
 * @param examples serialised {@code tf.Example}, the common context merged into each
 */
public record ClassificationRequest(ModelSpec spec, List<ByteString> examples) {
  /**
   * Reads one.
   *
   * @param in exactly one message
   * @return the request
   * @throws IOException if it is damaged
   */
  public static ClassificationRequest read(CodedInputStream in) throws IOException {
    ModelSpec spec = ModelSpec.NONE;
    List<ByteString> examples = new ArrayList<>();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case Tags.BYTES_1 -> spec = ModelSpec.read(in.readBytes().newCodedInput());
        case Tags.BYTES_2 -> input(in.readBytes().newCodedInput(), examples);
        default -> in.skipField(tag);
      }
    }
    return new ClassificationRequest(spec, examples);
  }

  private static void input(CodedInputStream in, List<ByteString> examples) throws IOException {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case Tags.BYTES_1, Tags.BYTES_2 -> list(in.readBytes().newCodedInput(), examples);
        default -> in.skipField(tag);
      }
    }
  }

  /** A list of examples, and maybe what they share: an example's fields may come in two parts. */
  private static void list(CodedInputStream in, List<ByteString> examples) throws IOException {
    ByteString context = ByteString.EMPTY;
    List<ByteString> own = new ArrayList<>();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case Tags.BYTES_1 -> own.add(in.readBytes());
        case Tags.BYTES_2 -> context = in.readBytes();
        default -> in.skipField(tag);
      }
    }
    for (ByteString example : own) {
      examples.add(context.concat(example));
    }
  }
}
