package io.github.tfbit.serving.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.proto.TensorProto;

/**
 * A request to Predict (predict.proto).
 *
 * @param spec which model
 * @param inputs by alias
 * @param outputFilter aliases of the wanted outputs; none for all
 */
public record PredictRequest(
    ModelSpec spec, Map<String, TensorProto> inputs, List<String> outputFilter) {
  /**
   * Reads one.
   *
   * @param in exactly one message
   * @return the request
   * @throws IOException if it is damaged
   */
  public static PredictRequest read(CodedInputStream in) throws IOException {
    ModelSpec spec = ModelSpec.NONE;
    Map<String, TensorProto> inputs = new LinkedHashMap<>();
    List<String> filter = new ArrayList<>();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case Tags.BYTES_1 -> spec = ModelSpec.read(in.readBytes().newCodedInput());
        case Tags.BYTES_2 -> entry(in.readBytes().newCodedInput(), inputs);
        case Tags.BYTES_3 -> filter.add(in.readStringRequireUtf8());
        default -> in.skipField(tag);
      }
    }
    return new PredictRequest(spec, inputs, filter);
  }

  private static void entry(CodedInputStream in, Map<String, TensorProto> inputs)
      throws IOException {
    String key = "";
    ByteString value = ByteString.EMPTY;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case Tags.BYTES_1 -> key = in.readStringRequireUtf8();
        case Tags.BYTES_2 -> value = in.readBytes();
        default -> in.skipField(tag);
      }
    }
    inputs.put(key, TensorProto.parseFrom(value));
  }
}
