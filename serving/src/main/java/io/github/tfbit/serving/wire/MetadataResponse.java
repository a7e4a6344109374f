package io.github.tfbit.serving.wire;

import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.util.Map;
import org.tensorflow.proto.SignatureDef;

/**
 * The answer of GetModelMetadata (get_model_metadata.proto): a model's signatures.
 *
 * @param spec which model
 * @param signatures by key
 */
public record MetadataResponse(ModelSpec spec, Map<String, SignatureDef> signatures)
    implements Message {
  private static final String TYPE = "type.googleapis.com/tensorflow.serving.SignatureDefMap";

  @Override
  public void write(CodedOutputStream out) throws IOException {
    out.writeByteArray(1, Message.bytes(spec::write));
    out.writeByteArray(
        2,
        Message.bytes(
            entry -> {
              entry.writeString(1, "signature_def");
              entry.writeByteArray(2, Message.bytes(this::any));
            }));
  }

  /** Any (google/protobuf/any.proto) of a SignatureDefMap. */
  private void any(CodedOutputStream out) throws IOException {
    out.writeString(1, TYPE);
    out.writeByteArray(2, Message.bytes(this::map));
  }

  private void map(CodedOutputStream out) throws IOException {
    for (Map.Entry<String, SignatureDef> signature : signatures.entrySet()) {
      out.writeByteArray(
          1,
          Message.bytes(
              entry -> {
                entry.writeString(1, signature.getKey());
                entry.writeMessage(2, signature.getValue());
              }));
    }
  }
}
