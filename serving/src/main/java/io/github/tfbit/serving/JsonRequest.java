package io.github.tfbit.serving;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.proto.SignatureDef;

/**
 * The body of a REST predict request (tensorflow_serving/util/json_tensor.h): {@code instances},
 * one entry per row, or {@code inputs}, one per alias.
 */
final class JsonRequest {
  private static final String SOLE = "";

  private final Map<String, JsonTensor> tensors = new LinkedHashMap<>();
  private String signature = "";
  private boolean rows;
  private boolean found;

  private JsonRequest() {}

  /**
   * Reads a body.
   *
   * @param body UTF-8
   * @throws ServingException if it is no such request
   */
  static JsonRequest read(InputStream body) throws IOException {
    JsonRequest request = new JsonRequest();
    Json.parse(new InputStreamReader(body, StandardCharsets.UTF_8), request::members);
    if (!request.found) {
      throw ServingException.invalid("Missing 'inputs' or 'instances' key");
    }
    return request;
  }

  private void members(JsonReader in) throws IOException {
    Json.beginObject(in, "Request must be a JSON object");
    while (in.hasNext()) {
      String name = in.nextName();
      switch (name) {
        case "signature_name" -> signature = Json.string(in, name);
        case "instances", "inputs" -> {
          if (found) {
            throw ServingException.invalid(
                "Both 'instances' and 'inputs', or one of them twice: expected one of them");
          }
          found = true;
          rows = name.equals("instances");
          if (rows) {
            instances(in);
          } else {
            inputs(in);
          }
        }
        default -> in.skipValue();
      }
    }
    in.endObject();
  }

  private void instances(JsonReader in) throws IOException {
    if (in.peek() != JsonToken.BEGIN_ARRAY) {
      throw ServingException.invalid(
          "Request data format error: expected 'instances' to be a list, found " + in.peek());
    }
    in.beginArray();
    int n = 0;
    while (in.hasNext()) {
      if (in.peek() == JsonToken.BEGIN_OBJECT) {
        in.beginObject();
        named(in, 1, n);
        in.endObject();
      } else {
        tensor(SOLE, n).read(in, 1);
      }
      n++;
    }
    in.endArray();
    if (n == 0) {
      throw ServingException.invalid("'instances' is empty: expected at least one row");
    }
    for (Map.Entry<String, JsonTensor> e : tensors.entrySet()) {
      e.getValue().close(0, n, "instances");
    }
  }

  private void inputs(JsonReader in) throws IOException {
    if (in.peek() == JsonToken.BEGIN_OBJECT) {
      in.beginObject();
      named(in, 0, 0);
      in.endObject();
    } else {
      tensor(SOLE, 0).read(in, 0);
    }
  }

  /** The members of a row, or of all rows: aliases, or the one member b64 of a sole input. */
  private void named(JsonReader in, int depth, int row) throws IOException {
    int members = 0;
    while (in.hasNext()) {
      String name = in.nextName();
      if (members == 0 && name.equals("b64") && in.peek() == JsonToken.STRING) {
        tensor(SOLE, row).base64(in, name, depth);
      } else {
        tensor(name, row).read(in, depth);
      }
      members++;
    }
    if (depth == 1 && row > 0 && members != tensors.size()) {
      throw ServingException.invalid(
          "Failed to process element: "
              + row
              + " of 'instances' list: expected the members "
              + Contract.braces(tensors.keySet())
              + " in every element");
    }
  }

  private JsonTensor tensor(String alias, int row) {
    JsonTensor tensor = tensors.get(alias);
    if (tensor == null) {
      if (row > 0) {
        throw ServingException.invalid(
            "Failed to process element: "
                + row
                + " of 'instances' list: expected "
                + Contract.braces(tensors.keySet())
                + ", found {"
                + alias
                + "}");
      }
      tensor = new JsonTensor();
      tensors.put(alias, tensor);
    }
    return tensor;
  }

  /** Which signature is asked for; empty for the default. */
  String signature() {
    return signature;
  }

  /** Whether the answer comes by rows. */
  boolean byRows() {
    return rows;
  }

  /** The tensors under their aliases. */
  Map<String, Value> values(SignatureDef def) {
    Map<String, Value> values = new LinkedHashMap<>();
    tensors.forEach(
        (name, tensor) -> {
          boolean sole = name.equals(SOLE) && def.getInputsCount() == 1;
          String alias = sole ? def.getInputsMap().keySet().iterator().next() : name;
          org.tensorflow.proto.TensorInfo info = def.getInputsMap().get(alias);
          values.put(
              alias,
              tensor.value(
                  info == null ? org.tensorflow.proto.DataType.DT_FLOAT : info.getDtype()));
        });
    return values;
  }
}
