package io.github.tfbit.serving.wire;

import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A request about a model: GetModelMetadata (get_model_metadata.proto) or GetModelStatus
 * (get_model_status.proto), whose first field is the same.
 *
 * @param spec which model
 * @param fields what of its metadata; none is asked for by GetModelStatus
 */
public record SpecRequest(ModelSpec spec, List<String> fields) {
  /**
   * Reads one.
   *
   * @param in exactly one message
   * @return the request
   * @throws IOException if it is damaged
   */
  public static SpecRequest read(CodedInputStream in) throws IOException {
    ModelSpec spec = ModelSpec.NONE;
    List<String> fields = new ArrayList<>();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case Tags.BYTES_1 -> spec = ModelSpec.read(in.readBytes().newCodedInput());
        case Tags.BYTES_2 -> fields.add(in.readStringRequireUtf8());
        default -> in.skipField(tag);
      }
    }
    return new SpecRequest(spec, fields);
  }
}
