package io.github.tfbit.converters.catalogue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.tfbit.converters.Activation;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.converters.Head;
import io.github.tfbit.converters.InputRange;
import io.github.tfbit.converters.Interpolation;
import io.github.tfbit.converters.Layout;
import io.github.tfbit.converters.labels.LabelSet;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One spelled-out entry of the data file. */
final class EntryReader {
  private static final Set<String> FIELDS =
      Set.of(
          "name",
          "aliases",
          "format",
          "architecture",
          "classes",
          "activation",
          "labels",
          "input",
          "evaluated",
          "files",
          "licence",
          "source",
          "defects",
          "fine_tuned_at",
          "fingerprints");

  private final JsonObject json;

  private EntryReader(JsonObject json) {
    this.json = json;
  }

  /** Reads an entry, refusing whatever does not fit together. */
  static Entry read(JsonObject json, Family family) {
    String name = json.get("name").getAsString();
    try {
      return new EntryReader(json).entry(name, family);
    } catch (RuntimeException e) {
      throw new IllegalStateException("catalogue.json, " + name + ": " + e.getMessage(), e);
    }
  }

  private Entry entry(String name, Family family) {
    Set<String> unknown = new java.util.TreeSet<>(json.keySet());
    unknown.removeAll(FIELDS);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException("expected only " + FIELDS + ", found " + unknown);
    }
    Architecture architecture = Architecture.named(text("architecture"));
    Optional<Head> head = head();
    return new Entry(
        new Entry.Identity(name, texts("aliases"), family),
        Layout.valueOf(text("format")),
        new Entry.Network(
            architecture,
            head,
            optional("labels").map(LabelSet::valueOf),
            Optional.ofNullable(json.getAsJsonObject("input")).map(EntryReader::range),
            list("evaluated").stream().map(EntryReader::evaluation).toList(),
            optional("fine_tuned_at").map(Integer::valueOf)),
        new Entry.Origin(
            list("files").stream()
                .map(f -> artefact(f, architecture, head.map(Head::classes).orElse(0)))
                .toList(),
            text("licence"),
            text("source")),
        new Entry.Findings(texts("defects"), optional("fingerprints")));
  }

  private Optional<Head> head() {
    if (!json.has("classes")) {
      return Optional.empty();
    }
    return Optional.of(
        new Head(json.get("classes").getAsInt(), Activation.valueOf(text("activation"))));
  }

  private String text(String field) {
    if (!json.has(field)) {
      throw new IllegalArgumentException("expected the field " + field);
    }
    return json.get(field).getAsString();
  }

  private Optional<String> optional(String field) {
    return json.has(field) ? Optional.of(text(field)) : Optional.empty();
  }

  private List<String> texts(String field) {
    List<String> all = new ArrayList<>();
    JsonArray array = json.has(field) ? json.getAsJsonArray(field) : new JsonArray();
    array.forEach(e -> all.add(e.getAsString()));
    return all;
  }

  private List<JsonObject> list(String field) {
    List<JsonObject> all = new ArrayList<>();
    JsonArray array = json.has(field) ? json.getAsJsonArray(field) : new JsonArray();
    array.forEach(e -> all.add(e.getAsJsonObject()));
    return all;
  }

  private static InputRange range(JsonObject range) {
    return new InputRange(
        range.get("low").getAsFloat(),
        range.get("high").getAsFloat(),
        range.get("source").getAsString());
  }

  private static Evaluation evaluation(JsonObject e) {
    int resize = Integer.parseInt(e.get("resize").getAsString());
    int crop = e.has("crop") ? Integer.parseInt(e.get("crop").getAsString()) : resize;
    return new Evaluation(
        resize,
        crop,
        Evaluation.Form.valueOf(e.get("form").getAsString()),
        Interpolation.valueOf(e.get("interpolation").getAsString()),
        e.get("source").getAsString());
  }

  static Artefact artefact(JsonObject file, Architecture architecture, int classes) {
    return new Artefact(
        URI.create(file.get("uri").getAsString()),
        file.get("path").getAsString(),
        size(file.get("bytes"), architecture, classes));
  }

  /** A number, {@code "npz"} for the computed length of that layout, or nothing. */
  private static FileSize size(JsonElement bytes, Architecture architecture, int classes) {
    if (bytes == null) {
      return FileSize.UNKNOWN;
    }
    if (bytes.getAsJsonPrimitive().isNumber()) {
      return FileSize.exact(bytes.getAsLong());
    }
    if (!bytes.getAsString().equals("npz")) {
      throw new IllegalArgumentException("expected a number or \"npz\", found " + bytes);
    }
    return FileSize.predicted(NpzSize.of(architecture, classes));
  }
}
