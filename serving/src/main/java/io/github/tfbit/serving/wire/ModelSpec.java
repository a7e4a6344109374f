package io.github.tfbit.serving.wire;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which model is asked, and by which signature (model.proto).
 *
 * @param name of the model
 * @param version a number, or none for the newest
 * @param label of a version, instead of its number
 * @param signature empty for {@code serving_default}
 */
public record ModelSpec(
    String name, OptionalLong version, Optional<String> label, String signature) {
  /** What a message without it means. */
  static final ModelSpec NONE = new ModelSpec("", OptionalLong.empty(), Optional.empty(), "");

  static ModelSpec read(CodedInputStream in) throws IOException {
    ModelSpec spec = NONE;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case Tags.BYTES_1 -> spec = spec.name(in.readStringRequireUtf8());
        case Tags.BYTES_2 -> spec = spec.version(int64(in.readBytes().newCodedInput()));
        case Tags.BYTES_3 -> spec = spec.signature(in.readStringRequireUtf8());
        case Tags.BYTES_4 -> spec = spec.label(in.readStringRequireUtf8());
        default -> in.skipField(tag);
      }
    }
    return spec;
  }

  /** Int64Value (google/protobuf/wrappers.proto). */
  private static long int64(CodedInputStream in) throws IOException {
    long value = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == Tags.NUMBER_1) {
        value = in.readInt64();
      } else {
        in.skipField(tag);
      }
    }
    return value;
  }

  private ModelSpec name(String value) {
    return new ModelSpec(value, version, label, signature);
  }

  private ModelSpec version(long value) {
    return new ModelSpec(name, OptionalLong.of(value), Optional.empty(), signature);
  }

  private ModelSpec label(String value) {
    return new ModelSpec(name, OptionalLong.empty(), Optional.of(value), signature);
  }

  private ModelSpec signature(String value) {
    return new ModelSpec(name, version, label, value);
  }

  void write(CodedOutputStream out) throws IOException {
    if (!name.isEmpty()) {
      out.writeString(1, name);
    }
    if (version.isPresent()) {
      long number = version.getAsLong();
      out.writeByteArray(2, Message.bytes(v -> v.writeInt64(1, number)));
    }
    if (!signature.isEmpty()) {
      out.writeString(3, signature);
    }
  }
}
