package io.github.tfbit.cli.inspect;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.github.tfbit.cli.command.Upstream;
import io.github.tfbit.converters.Head;
import io.github.tfbit.converters.InputRange;
import io.github.tfbit.converters.TensorDigest;
import io.github.tfbit.converters.TensorStatistics;
import java.util.List;
import java.util.Locale;

/** An inspection for programs. */
final class InspectionJson {
  private InspectionJson() {}

  static JsonObject of(Inspection i, boolean tensors) {
    Upstream u = i.upstream();
    JsonObject json = new JsonObject();
    json.addProperty("model", i.name());
    json.addProperty("path", u.path().toString());
    json.addProperty("format", lower(u.file().layout()));
    json.addProperty("dtype", lower(u.file().storedAs()));
    json.addProperty("bytes", u.file().bytes());
    json.addProperty("naming", i.stored().naming());
    addModel(json, i);
    addKnowledge(json, i);
    if (tensors) {
      JsonArray list = new JsonArray();
      i.content().tensors().forEach(d -> list.add(tensor(d)));
      json.add("tensors", list);
    }
    return json;
  }

  private static void addModel(JsonObject json, Inspection i) {
    Upstream u = i.upstream();
    json.addProperty("architecture", u.architecture().name());
    json.addProperty("classes", u.head().map(Head::classes).orElse(0));
    u.head()
        .ifPresent(
            h -> {
              json.addProperty("activation", lower(h.activation()));
              json.addProperty("activation_source", ActivationText.source(u));
            });
    i.stored().head().ifPresent(shape -> json.add("head_shape", numbers(shape)));
    json.addProperty("features", u.architecture().features());
    json.addProperty("norm", "gn");
    json.addProperty("groups", u.architecture().groups());
    json.addProperty("parameters", i.parameters());
  }

  private static void addKnowledge(JsonObject json, Inspection i) {
    Upstream u = i.upstream();
    InputRange range = u.inputRange();
    JsonArray ends = new JsonArray();
    ends.add(number(range.low()));
    ends.add(number(range.high()));
    json.add("input_range", ends);
    json.addProperty("input_range_source", range.source());
    boolean head = u.head().isPresent();
    json.addProperty("labels", head ? lower(u.labels().knowledge()) : "none");
    json.addProperty("labels_source", head ? LabelsText.source(u) : "no head");
    i.fingerprint()
        .ifPresent(
            f -> {
              JsonObject fingerprint = new JsonObject();
              fingerprint.addProperty("model", f.model());
              fingerprint.addProperty("equal", f.equal());
              fingerprint.addProperty("known", f.known());
              json.add("fingerprint", fingerprint);
            });
    json.addProperty("content_id", i.content().id());
    json.addProperty("backbone_id", i.content().backboneId());
    JsonArray defects = new JsonArray();
    i.defects().forEach(defects::add);
    json.add("defects", defects);
  }

  private static JsonObject tensor(TensorDigest d) {
    TensorStatistics v = d.values();
    JsonObject json = new JsonObject();
    json.addProperty("name", d.tensor().name());
    json.addProperty("dtype", lower(d.tensor().dtype()));
    json.add("shape", numbers(d.tensor().shape()));
    json.addProperty("crc32c", d.crc32cDigits());
    json.addProperty("sha256", d.sha256());
    boolean none = Double.isNaN(v.mean()); // which is no JSON
    json.add("min", none ? JsonNull.INSTANCE : new com.google.gson.JsonPrimitive(v.min()));
    json.add("max", none ? JsonNull.INSTANCE : new com.google.gson.JsonPrimitive(v.max()));
    json.add("mean", none ? JsonNull.INSTANCE : new com.google.gson.JsonPrimitive(v.mean()));
    json.addProperty("not_finite", v.notFinite());
    return json;
  }

  private static JsonArray numbers(List<Integer> values) {
    JsonArray array = new JsonArray();
    values.forEach(array::add);
    return array;
  }

  /** Whole numbers without a fraction. */
  private static Number number(float value) {
    return value == Math.rint(value) ? (Number) (int) value : (Number) value;
  }

  private static String lower(Enum<?> e) {
    return e.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
