package io.github.tfbit.converters;

import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Class names in a {@code config.json}: timm's {@code label_names} (a list, or an object by index)
 * with {@code label_descriptions} by name (timm/models/_hub.py), Hugging Face's {@code id2label};
 * its {@code problem_type}, and what this project adds under {@value #OURS}.
 */
final class LabelConfig {
  /** Names of 21,843 classes take a tenth of it. */
  private static final long MAX_BYTES = 16 << 20;

  private static final int MAX_CLASSES = 1 << 20;

  /** Key of what timm and Hugging Face have no place for; both pass over it. */
  static final String OURS = "tfbit";

  private final Map<Integer, String> byIndex = new TreeMap<>();
  private final Map<String, String> descriptions = new TreeMap<>();

  private HeadFacts facts = HeadFacts.NONE;

  private LabelConfig() {}

  /** What the file says; nothing if it is not there or cannot be read. */
  static HeadFacts read(Path config) throws IOException {
    if (!Files.isRegularFile(config, LinkOption.NOFOLLOW_LINKS) || Files.size(config) > MAX_BYTES) {
      return HeadFacts.NONE;
    }
    LabelConfig found = new LabelConfig();
    try (JsonReader json =
        new JsonReader(Files.newBufferedReader(config, StandardCharsets.UTF_8))) {
      json.setStrictness(Strictness.STRICT);
      found.object(json, true);
    } catch (MalformedJsonException
        | IllegalStateException
        | JsonParseException
        | NumberFormatException
        | java.io.EOFException
        | java.nio.charset.CharacterCodingException e) {
      System.getLogger(LabelConfig.class.getName())
          .log(System.Logger.Level.WARNING, config + ": no class names are read from it", e);
      return HeadFacts.NONE;
    }
    HeadFacts all = found.facts;
    return new HeadFacts(found.names(), all.assumed(), all.wordNetIds(), all.activation());
  }

  private void object(JsonReader json, boolean outermost) throws IOException {
    json.beginObject();
    while (json.hasNext()) {
      switch (json.nextName()) {
        case "id2label", "label_names" -> labels(json);
        case "label_descriptions" -> descriptions(json);
        case "problem_type" -> problemType(json);
        case OURS -> facts = facts.with(JsonParser.parseReader(json));
        case "pretrained_cfg" -> {
          if (outermost && json.peek() == JsonToken.BEGIN_OBJECT) {
            object(json, false);
          } else {
            json.skipValue();
          }
        }
        default -> json.skipValue();
      }
    }
    json.endObject();
  }

  /** Hugging Face's word for what the loss was (transformers, PretrainedConfig). */
  private void problemType(JsonReader json) throws IOException {
    if (json.peek() != JsonToken.STRING) {
      json.skipValue();
      return;
    }
    switch (json.nextString()) {
      case "multi_label_classification" ->
          facts = facts.withActivation(Optional.of(Activation.SIGMOID));
      case "single_label_classification" ->
          facts = facts.withActivation(Optional.of(Activation.SOFTMAX));
      default -> {}
    }
  }

  private void labels(JsonReader json) throws IOException {
    if (json.peek() == JsonToken.BEGIN_ARRAY) {
      json.beginArray();
      for (int i = 0; json.hasNext(); i++) {
        byIndex.put(i, json.nextString());
      }
      json.endArray();
    } else if (json.peek() == JsonToken.BEGIN_OBJECT) {
      json.beginObject();
      while (json.hasNext()) {
        byIndex.put(Integer.valueOf(json.nextName()), json.nextString());
      }
      json.endObject();
    } else {
      json.skipValue();
    }
  }

  private void descriptions(JsonReader json) throws IOException {
    if (json.peek() != JsonToken.BEGIN_OBJECT) {
      json.skipValue();
      return;
    }
    json.beginObject();
    while (json.hasNext()) {
      descriptions.put(json.nextName(), json.nextString());
    }
    json.endObject();
  }

  private Optional<List<String>> names() {
    int n = byIndex.size();
    List<String> names = new ArrayList<>();
    for (Map.Entry<Integer, String> e : byIndex.entrySet()) {
      String name = descriptions.getOrDefault(e.getValue(), e.getValue());
      if (e.getKey() != names.size() || name.isBlank() || name.lines().count() != 1) {
        return Optional.empty();
      }
      names.add(name.strip());
    }
    boolean standIns = true;
    for (int i = 0; i < n && standIns; i++) {
      standIns = names.get(i).equals("LABEL_" + i);
    }
    return n == 0 || n > MAX_CLASSES || standIns ? Optional.empty() : Optional.of(names);
  }
}
