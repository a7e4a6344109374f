package io.github.tfbit.serving;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.tensorflow.proto.BytesList;
import org.tensorflow.proto.Example;
import org.tensorflow.proto.Feature;
import org.tensorflow.proto.Features;
import org.tensorflow.proto.FloatList;

/**
 * The body of a REST classify request: {@code examples}, each an object of features, and {@code
 * context}, the features that all share.
 */
final class JsonExamples {
  private final List<Features.Builder> examples = new ArrayList<>();
  private Features context = Features.getDefaultInstance();
  private String signature = "";

  private JsonExamples() {}

  /**
   * Reads a body.
   *
   * @param body UTF-8
   * @throws ServingException if it is no such request
   */
  static JsonExamples read(InputStream body) throws IOException {
    JsonExamples request = new JsonExamples();
    Json.parse(new InputStreamReader(body, StandardCharsets.UTF_8), request::members);
    return request;
  }

  private void members(JsonReader in) throws IOException {
    Json.beginObject(in, "Request must be a JSON object");
    while (in.hasNext()) {
      String name = in.nextName();
      switch (name) {
        case "signature_name" -> signature = Json.string(in, name);
        case "context" -> context = features(in).build();
        case "examples" -> {
          if (in.peek() != JsonToken.BEGIN_ARRAY) {
            throw ServingException.invalid("'examples' must be a list, found " + in.peek());
          }
          in.beginArray();
          while (in.hasNext()) {
            examples.add(features(in));
          }
          in.endArray();
        }
        default -> in.skipValue();
      }
    }
    in.endObject();
  }

  private static Features.Builder features(JsonReader in) throws IOException {
    Json.beginObject(in, "An example must be a JSON object");
    Features.Builder features = Features.newBuilder();
    while (in.hasNext()) {
      String name = in.nextName();
      features.putFeature(name, feature(in));
    }
    in.endObject();
    return features;
  }

  /** A string, a number, {@code {"b64": …}}, or a list of such. */
  private static Feature feature(JsonReader in) throws IOException {
    BytesList.Builder bytes = BytesList.newBuilder();
    FloatList.Builder floats = FloatList.newBuilder();
    boolean list = in.peek() == JsonToken.BEGIN_ARRAY;
    if (list) {
      in.beginArray();
    }
    while (list ? in.hasNext() : bytes.getValueCount() + floats.getValueCount() == 0) {
      switch (in.peek()) {
        case STRING -> bytes.addValue(ByteString.copyFromUtf8(in.nextString()));
        case NUMBER -> floats.addValue((float) in.nextDouble());
        case BEGIN_OBJECT -> bytes.addValue(base64(in));
        default ->
            throw ServingException.invalid(
                "Expected a string, a number or {\"b64\": ...} at "
                    + in.getPath()
                    + ", found "
                    + in.peek());
      }
    }
    if (list) {
      in.endArray();
    }
    return floats.getValueCount() > 0
        ? Feature.newBuilder().setFloatList(floats).build()
        : Feature.newBuilder().setBytesList(bytes).build();
  }

  private static ByteString base64(JsonReader in) throws IOException {
    in.beginObject();
    if (!in.hasNext() || !in.nextName().equals("b64") || in.peek() != JsonToken.STRING) {
      throw ServingException.invalid("Expected {\"b64\": \"...\"} at " + in.getPath());
    }
    try {
      ByteString value = ByteString.copyFrom(Base64.getDecoder().decode(in.nextString()));
      in.endObject();
      return value;
    } catch (IllegalArgumentException e) {
      throw ServingException.invalid("Unable to base64 decode at " + in.getPath());
    }
  }

  /** Which signature is asked for; empty for the default. */
  String signature() {
    return signature;
  }

  /** Serialised {@code tf.Example}, the context in each. */
  List<ByteString> examples() {
    return examples.stream()
        .map(
            own ->
                Example.newBuilder()
                    .setFeatures(context.toBuilder().mergeFrom(own.build()))
                    .build()
                    .toByteString())
        .toList();
  }
}
