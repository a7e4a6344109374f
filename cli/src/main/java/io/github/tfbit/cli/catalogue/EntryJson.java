package io.github.tfbit.cli.catalogue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.tfbit.converters.catalogue.Artefact;
import io.github.tfbit.converters.catalogue.Entry;
import io.github.tfbit.converters.catalogue.Evaluation;
import io.github.tfbit.converters.catalogue.FileSize;
import java.util.List;
import java.util.Locale;

/** An entry as JSON; what is not known is left out. */
public final class EntryJson {
  private EntryJson() {}

  /**
   * Writes an entry down.
   *
   * @param entry to describe
   * @param cached what needs no download
   * @return an object
   */
  public static JsonObject of(Entry entry, Cached cached) {
    JsonObject json = new JsonObject();
    json.addProperty("name", entry.name());
    json.add("aliases", texts(entry.aliases()));
    json.addProperty("family", entry.family().id());
    json.addProperty("format", lower(entry.layout()));
    json.addProperty("architecture", entry.architecture().name());
    json.addProperty("classes", entry.head().map(h -> h.classes()).orElse(0));
    entry.head().ifPresent(h -> json.addProperty("activation", lower(h.activation())));
    entry.labels().ifPresent(l -> json.addProperty("labels", lower(l)));
    entry
        .inputRange()
        .ifPresent(
            r -> {
              JsonArray range = new JsonArray();
              range.add(r.low());
              range.add(r.high());
              json.add("input_range", range);
            });
    entry.fineTunedAt().ifPresent(side -> json.addProperty("fine_tuned_at", side));
    JsonArray evaluations = new JsonArray();
    entry.evaluations().forEach(e -> evaluations.add(evaluation(e)));
    json.add("evaluations", evaluations);
    JsonArray files = new JsonArray();
    entry.artefacts().forEach(a -> files.add(file(a)));
    json.add("files", files);
    addSize(json, entry.size());
    json.addProperty("cached", cached.has(entry));
    json.addProperty("licence", entry.licence());
    json.addProperty("source", entry.source());
    json.add("defects", texts(entry.defects()));
    entry.fingerprints().ifPresent(f -> json.addProperty("fingerprints", f));
    return json;
  }

  private static JsonObject evaluation(Evaluation e) {
    JsonObject json = new JsonObject();
    json.addProperty("resize", e.resize());
    json.addProperty("crop", e.crop());
    json.addProperty("form", lower(e.form()));
    json.addProperty("interpolation", lower(e.interpolation()));
    json.addProperty("source", e.source());
    return json;
  }

  private static JsonObject file(Artefact artefact) {
    JsonObject json = new JsonObject();
    json.addProperty("uri", artefact.uri().toString());
    json.addProperty("path", artefact.path());
    addSize(json, artefact.size());
    return json;
  }

  private static void addSize(JsonObject json, FileSize size) {
    if (size.certainty() != FileSize.Certainty.UNKNOWN) {
      json.addProperty("bytes", size.bytes());
      json.addProperty("bytes_are", lower(size.certainty()));
    }
  }

  private static JsonArray texts(List<String> texts) {
    JsonArray array = new JsonArray();
    texts.forEach(array::add);
    return array;
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
