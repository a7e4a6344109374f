package io.github.tfbit.converters.catalogue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A family of the data file, spelled out: one object for each combination of the values in its
 * {@code over}, in which every {@code {key}} is replaced.
 *
 * <p>The values of a key are a list, or an object whose members hold what an entry with that value
 * has instead of the family's. Those of later keys win; {@code exceptions}, by name, win over all.
 * A string {@code @key} stands for a member of the file's {@code define}.
 */
final class Template {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z_]+)\\}");

  private final JsonObject defined;

  Template(JsonObject defined) {
    this.defined = defined;
  }

  /** Spells a family out. */
  List<JsonObject> expand(JsonObject family) {
    List<Combination> combinations = List.of(Combination.start(family.getAsJsonObject("entry")));
    JsonObject over = family.has("over") ? family.getAsJsonObject("over") : new JsonObject();
    for (String key : over.keySet()) {
      List<Combination> next = new ArrayList<>();
      for (Combination c : combinations) {
        next.addAll(c.with(key, over.get(key)));
      }
      combinations = next;
    }
    JsonObject exceptions =
        family.has("exceptions") ? family.getAsJsonObject("exceptions") : new JsonObject();
    List<JsonObject> entries = combinations.stream().map(c -> entry(c, exceptions)).toList();
    requireUsed(exceptions, entries);
    return entries;
  }

  private static void requireUsed(JsonObject exceptions, List<JsonObject> entries) {
    Set<String> unused = new TreeSet<>(exceptions.keySet());
    entries.forEach(e -> unused.remove(e.get("name").getAsString()));
    if (!unused.isEmpty()) {
      throw new IllegalStateException(
          "catalogue.json: expected exceptions for entries of their family, found " + unused);
    }
  }

  private JsonObject entry(Combination combination, JsonObject exceptions) {
    Map<String, String> values = new LinkedHashMap<>(combination.values());
    String name = replace(combination.fields().get("name").getAsString(), values);
    values.put("name", name);
    JsonObject fields = combination.fields();
    if (exceptions.has(name)) {
      fields = merged(fields, exceptions.getAsJsonObject(name));
    }
    return filled(fields, values).getAsJsonObject();
  }

  private JsonElement filled(JsonElement element, Map<String, String> values) {
    if (element.isJsonObject()) {
      JsonObject object = new JsonObject();
      element.getAsJsonObject().asMap().forEach((k, v) -> object.add(k, filled(v, values)));
      return object;
    }
    if (element.isJsonArray()) {
      JsonArray array = new JsonArray();
      element.getAsJsonArray().forEach(e -> array.add(filled(e, values)));
      return array;
    }
    if (!element.isJsonPrimitive() || !element.getAsJsonPrimitive().isString()) {
      return element;
    }
    String text = element.getAsString();
    if (text.startsWith("@")) {
      return filled(definition(text.substring(1)), values);
    }
    return new JsonPrimitive(replace(text, values));
  }

  private JsonElement definition(String key) {
    if (!defined.has(key)) {
      throw new IllegalStateException("catalogue.json: expected a definition of @" + key);
    }
    return defined.get(key);
  }

  private static String replace(String text, Map<String, String> values) {
    Matcher matcher = PLACEHOLDER.matcher(text);
    return matcher.replaceAll(
        m -> {
          String value = values.get(m.group(1));
          if (value == null) {
            throw new IllegalStateException(
                "catalogue.json: expected one of " + values.keySet() + ", found " + m.group());
          }
          return Matcher.quoteReplacement(value);
        });
  }

  private static JsonObject merged(JsonObject first, JsonObject second) {
    JsonObject all = new JsonObject();
    first.asMap().forEach(all::add);
    second.asMap().forEach(all::add);
    return all;
  }

  /**
   * Some keys with a value each, and the fields that follow from them.
   *
   * @param values by key
   * @param fields of the entry, placeholders not yet replaced
   */
  private record Combination(Map<String, String> values, JsonObject fields) {
    static Combination start(JsonObject fields) {
      return new Combination(Map.of(), fields);
    }

    List<Combination> with(String key, JsonElement choices) {
      if (choices.isJsonArray()) {
        return choices.getAsJsonArray().asList().stream()
            .map(v -> with(key, v.getAsString(), new JsonObject()))
            .toList();
      }
      return choices.getAsJsonObject().asMap().entrySet().stream()
          .map(e -> with(key, e.getKey(), e.getValue().getAsJsonObject()))
          .toList();
    }

    private Combination with(String key, String value, JsonObject special) {
      Map<String, String> more = new LinkedHashMap<>(values);
      more.put(key, value);
      return new Combination(more, merged(fields, special));
    }
  }
}
