package io.github.tfbit.converters.write;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the configuration files have in common. */
final class Json {
  /** Key of what other readers have no place for, and pass over. */
  static final String OURS = "tfbit";

  private Json() {}

  static JsonArray of(int... values) {
    JsonArray array = new JsonArray();
    for (int v : values) {
      array.add(v);
    }
    return array;
  }

  static JsonArray of(double... values) {
    JsonArray array = new JsonArray();
    for (double v : values) {
      array.add(v);
    }
    return array;
  }

  static JsonArray of(List<String> values) {
    JsonArray array = new JsonArray();
    values.forEach(array::add);
    return array;
  }

  static void write(Path file, JsonElement json) throws IOException {
    String text =
        new GsonBuilder()
            .setPrettyPrinting()
            .disableHtmlEscaping()
            .serializeNulls()
            .create()
            .toJson(json);
    Files.writeString(file, text + "\n");
  }
}
