package io.github.tfbit;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.github.tfbit.plan.Quantities;
import io.github.tfbit.report.Curve;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a run's files say of it, in words.
 *
 * @param run its settings
 * @param origin its provenance
 * @param machine that it was computed on
 * @param reports lines of its metrics
 */
record RunFacts(
    JsonObject run, Provenance origin, Map<String, String> machine, List<JsonObject> reports) {
  /** More than this is a list for programs. */
  private static final int MOST_SHOWN = 12;

  static RunFacts read(Path dir) throws IOException {
    List<JsonObject> reports = new ArrayList<>();
    Path metrics = dir.resolve(RunFiles.METRICS);
    if (Files.exists(metrics)) {
      for (String line : Files.readAllLines(metrics)) {
        try {
          reports.add(JsonParser.parseString(line).getAsJsonObject());
        } catch (JsonParseException | IllegalStateException e) {
          break; // half a line that a killed process left
        }
      }
    }
    return new RunFacts(
        RunFiles.readSettings(dir),
        RunFiles.readProvenance(dir),
        RunFiles.readMachine(dir),
        reports);
  }

  /** One setting, as it is written. */
  String setting(String part, String name) {
    return words(run.getAsJsonObject(part).get(name));
  }

  Optional<String> command() {
    return Optional.ofNullable(run.get("command"))
        .filter(JsonElement::isJsonPrimitive)
        .map(JsonElement::getAsString)
        .filter(c -> !c.isBlank());
  }

  List<Curve> curves() {
    return List.of(
        curve("training loss", "", "loss", 1),
        curve("held-out top-1", "%", "top1", 100),
        curve("learning rate", "", "rate", 1));
  }

  private Curve curve(String title, String unit, String key, double factor) {
    return new Curve(
        title,
        unit,
        of(key).map(o -> new Curve.Point(step(o), factor * o.get(key).getAsDouble())).toList());
  }

  private static double step(JsonObject report) {
    return report.get("step").getAsDouble();
  }

  private Stream<JsonObject> of(String key) {
    return reports.stream()
        .filter(o -> o.has("step") && o.has(key) && o.get(key).isJsonPrimitive())
        .filter(o -> Double.isFinite(o.get(key).getAsDouble()));
  }

  Map<String, String> speed() {
    Map<String, String> speed = new LinkedHashMap<>();
    median("images_per_second")
        .ifPresent(
            x -> speed.put("pictures a second", String.format(Locale.ROOT, "%.1f (median)", x)));
    median("wait_share")
        .ifPresent(
            x ->
                speed.put(
                    "waiting for pictures",
                    String.format(Locale.ROOT, "%.1f %% of the time (median)", 100 * x)));
    return speed;
  }

  private Optional<Double> median(String key) {
    double[] sorted = of(key).mapToDouble(o -> o.get(key).getAsDouble()).sorted().toArray();
    return sorted.length == 0 ? Optional.empty() : Optional.of(sorted[sorted.length / 2]);
  }

  Map<String, String> settings() {
    Map<String, String> all = new LinkedHashMap<>();
    for (String key : run.keySet()) {
      if (!List.of("command", "versions", "content_id").contains(key)) {
        add("", key, run.get(key), all);
      }
    }
    return all;
  }

  private static void add(String prefix, String key, JsonElement value, Map<String, String> to) {
    String name = prefix + key.replace('_', ' ');
    if (value.isJsonObject()) {
      String inner = key.equals("training") ? "" : name + ", ";
      value.getAsJsonObject().entrySet().forEach(e -> add(inner, e.getKey(), e.getValue(), to));
    } else if (!value.isJsonNull()) {
      to.put(name, words(value));
    }
  }

  private static String words(JsonElement value) {
    if (value == null || value.isJsonNull()) {
      return "–";
    }
    if (value.isJsonArray()) {
      List<String> all = new ArrayList<>();
      value.getAsJsonArray().forEach(v -> all.add(words(v)));
      return all.size() > MOST_SHOWN ? all.size() + " of them" : String.join(", ", all);
    }
    return value.isJsonPrimitive() ? value.getAsString() : value.toString();
  }

  Map<String, String> provenance(Optional<String> contentId) {
    Map<String, String> all = new LinkedHashMap<>();
    contentId.ifPresent(id -> all.put("content id of the weights", id));
    all.put("started from", origin.upstream());
    origin.upstreamContentId().ifPresent(id -> all.put("its content id", id));
    origin.upstreamSha256().ifPresent(sum -> all.put("SHA-256 of its file", sum));
    all.put("SHA-256 of classes and labels", origin.dataSha256());
    all.put("seed", String.valueOf(origin.seed()));
    new TreeMap<>(origin.versions()).forEach(all::put);
    machine.forEach(
        (name, value) ->
            all.put(
                name.replace("_bytes", ""),
                name.endsWith("_bytes") ? Quantities.bytes(Long.parseLong(value)) : value));
    return all;
  }
}
