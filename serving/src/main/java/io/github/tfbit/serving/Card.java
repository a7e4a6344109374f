package io.github.tfbit.serving;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.tfbit.BitModel;
import io.github.tfbit.ServedModel;
import java.util.Locale;
import java.util.Map;

/**
 * What the page says of the model.
 *
 * @param served its name and version
 * @param model it
 * @param facts more to say, name and value
 */
record Card(Served served, ServedModel model, Map<String, String> facts) {
  /** For the page's script. */
  String json() {
    BitModel bit = model.model();
    JsonObject card = new JsonObject();
    card.addProperty("name", served.name());
    card.addProperty("version", served.version());
    JsonArray lines = new JsonArray();
    add(lines, "Architecture", bit.architecture().name());
    add(lines, "Classes", String.format(Locale.ROOT, "%,d", bit.labels().size()));
    add(lines, "Pictures are resized to", bit.size() + " px");
    add(
        lines,
        "Scores",
        bit.head().orElseThrow().activation().name().toLowerCase(Locale.ROOT)
            + ", the best "
            + model.top()
            + " shown");
    String names =
        switch (bit.labels().knowledge()) {
          case KNOWN -> "known";
          case ASSUMED -> "assumed from the number of classes";
          case UNKNOWN -> "not known: classes are numbered from 0";
        };
    add(lines, "Names of the classes", names);
    facts.forEach((name, value) -> add(lines, name, value));
    card.add("facts", lines);
    return Json.GSON.toJson(card);
  }

  private static void add(JsonArray lines, String name, String value) {
    JsonArray line = new JsonArray();
    line.add(name);
    line.add(value);
    lines.add(line);
  }
}
