package io.github.tfbit.serving;

import com.google.gson.stream.JsonWriter;
import io.github.tfbit.serving.wire.ClassificationResponse.Scored;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;

/** Bodies of REST answers. */
final class JsonAnswer {
  private static final String INDENT = "    ";

  private JsonAnswer() {}

  /** Writes one document. */
  private interface Body {
    void write(JsonWriter out) throws IOException;
  }

  private static String document(Body body) {
    StringWriter text = new StringWriter();
    try (JsonWriter out = new JsonWriter(text)) {
      out.setIndent(INDENT);
      body.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return text.append('\n').toString();
  }

  static String error(String message) {
    return document(out -> out.beginObject().name("error").value(message).endObject());
  }

  /** One entry per row; of a single output the values alone, else an object by alias. */
  static String predictions(Map<String, Value> outputs) {
    int rows = outputs.values().iterator().next().rows();
    return document(
        out -> {
          out.beginObject().name("predictions").beginArray();
          for (int row = 0; row < rows; row++) {
            if (outputs.size() == 1) {
              row(out, outputs.values().iterator().next(), row);
            } else {
              out.beginObject();
              for (Map.Entry<String, Value> output : outputs.entrySet()) {
                out.name(output.getKey());
                row(out, output.getValue(), row);
              }
              out.endObject();
            }
          }
          out.endArray().endObject();
        });
  }

  /** One entry per output, all rows in it. */
  static String outputs(Map<String, Value> outputs) {
    return document(
        out -> {
          out.beginObject().name("outputs");
          if (outputs.size() == 1) {
            column(out, outputs.values().iterator().next());
          } else {
            out.beginObject();
            for (Map.Entry<String, Value> output : outputs.entrySet()) {
              out.name(output.getKey());
              column(out, output.getValue());
            }
            out.endObject();
          }
          out.endObject();
        });
  }

  private static void column(JsonWriter out, Value value) throws IOException {
    out.beginArray();
    for (int row = 0; row < value.rows(); row++) {
      row(out, value, row);
    }
    out.endArray();
  }

  /** All outputs have two dimensions. */
  private static void row(JsonWriter out, Value value, int row) throws IOException {
    int length = value.shape().get(1);
    out.beginArray().setIndent("");
    for (int i = row * length; i < (row + 1) * length; i++) {
      if (value.data() instanceof Value.Floats f) {
        out.jsonValue(Float.toString(f.values()[i]));
      } else {
        out.value(((Value.Strings) value.data()).values().get(i).toStringUtf8());
      }
    }
    out.endArray().setIndent(INDENT);
  }

  /** Pairs of label and score for each example. */
  static String classifications(List<List<Scored>> results) {
    return document(
        out -> {
          out.beginObject().name("results").beginArray();
          for (List<Scored> example : results) {
            out.beginArray();
            for (Scored scored : example) {
              out.beginArray().setIndent("");
              out.value(scored.label()).jsonValue(Float.toString(scored.score()));
              out.endArray().setIndent(INDENT);
            }
            out.endArray();
          }
          out.endArray().endObject();
        });
  }

  static String status(Served served) {
    return document(
        out -> {
          out.beginObject().name("model_version_status").beginArray().beginObject();
          out.name("version").value(Long.toString(served.version()));
          out.name("state").value("AVAILABLE");
          out.name("status").beginObject();
          out.name("error_code").value("OK").name("error_message").value("").endObject();
          out.endObject().endArray().endObject();
        });
  }

  static String metadata(Served served, Map<String, SignatureDef> signatures) {
    return document(
        out -> {
          out.beginObject().name("model_spec").beginObject();
          out.name("name").value(served.name()).name("signature_name").value("");
          out.name("version").value(Long.toString(served.version())).endObject();
          out.name("metadata").beginObject().name("signature_def").beginObject();
          out.name("signature_def").beginObject();
          for (Map.Entry<String, SignatureDef> e : signatures.entrySet()) {
            out.name(e.getKey()).beginObject();
            tensors(out.name("inputs"), e.getValue().getInputsMap());
            tensors(out.name("outputs"), e.getValue().getOutputsMap());
            out.name("method_name").value(e.getValue().getMethodName()).endObject();
          }
          out.endObject().endObject().endObject().endObject();
        });
  }

  private static void tensors(JsonWriter out, Map<String, TensorInfo> tensors) throws IOException {
    out.beginObject();
    for (Map.Entry<String, TensorInfo> e : tensors.entrySet()) {
      out.name(e.getKey()).beginObject();
      out.name("dtype").value(e.getValue().getDtype().name());
      out.name("tensor_shape").beginObject().name("dim").beginArray();
      for (TensorShapeProto.Dim dim : e.getValue().getTensorShape().getDimList()) {
        out.beginObject().name("size").value(Long.toString(dim.getSize()));
        out.name("name").value("").endObject();
      }
      out.endArray().name("unknown_rank").value(false).endObject();
      out.name("name").value(e.getValue().getName()).endObject();
    }
    out.endObject();
  }
}
