package io.github.tfbit.serving.wire;

import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.util.Map;
import org.tensorflow.proto.TensorProto;

/**
 * The answer of Predict (predict.proto).
 *
 * @param spec which model answered
 * @param outputs by alias
 */
public record PredictResponse(ModelSpec spec, Map<String, TensorProto> outputs) implements Message {
  @Override
  public void write(CodedOutputStream out) throws IOException {
    for (Map.Entry<String, TensorProto> output : outputs.entrySet()) {
      byte[] entry =
          Message.bytes(
              e -> {
                e.writeString(1, output.getKey());
                e.writeMessage(2, output.getValue());
              });
      out.writeByteArray(1, entry);
    }
    out.writeByteArray(2, Message.bytes(spec::write));
  }
}
