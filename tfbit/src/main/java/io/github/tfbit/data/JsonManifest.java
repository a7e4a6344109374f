package io.github.tfbit.data;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One JSON object a line: {@code {"path": "a.jpg", "label": "cat"}}, the label a name, a number, or
 * a list of them for pictures with several.
 */
final class JsonManifest {
  private static final int LONGEST_LINE = 1 << 20;

  private JsonManifest() {}

  static void read(Path file, ManifestTable table) throws IOException {
    try (BufferedReader in = TextFile.open(file)) {
      long number = 1;
      for (String line = line(in, table, number); line != null; line = line(in, table, number)) {
        if (!line.isBlank()) {
          add(line, number, table);
        }
        number++;
      }
    } catch (CharacterCodingException e) {
      throw TextFile.notUtf8(file, e);
    }
  }

  /** Without its end; null at the end of the file. */
  private static String line(BufferedReader in, ManifestTable table, long number)
      throws IOException {
    StringBuilder line = new StringBuilder();
    int c = in.read();
    if (c < 0) {
      return null;
    }
    for (; c >= 0 && c != '\n'; c = in.read()) {
      line.append((char) c);
      if (line.length() > LONGEST_LINE) {
        throw table.at(number, "a line of at most " + LONGEST_LINE + " characters", "a longer one");
      }
    }
    return line.toString();
  }

  private static void add(String line, long number, ManifestTable table) throws DataException {
    JsonObject object = object(line, number, table);
    String path =
        text(
            find(object, Manifests.PATH, number, table)
                .orElseThrow(() -> none(number, table, "path")),
            number,
            table);
    JsonElement label =
        find(object, Manifests.LABEL, number, table)
            .orElseThrow(() -> none(number, table, "label"));
    Optional<JsonElement> split = find(object, Manifests.SPLIT, number, table);
    List<String> names = new ArrayList<>();
    if (label.isJsonArray()) {
      for (JsonElement each : label.getAsJsonArray()) {
        names.add(text(each, number, table));
      }
    } else {
      names.add(text(label, number, table));
    }
    Optional<String> part =
        split.isPresent() ? Optional.of(text(split.get(), number, table)) : Optional.empty();
    table.add(number, path, names, part);
  }

  private static JsonObject object(String line, long number, ManifestTable table)
      throws DataException {
    try (JsonReader reader = new JsonReader(new StringReader(line))) {
      reader.setStrictness(Strictness.STRICT);
      JsonElement element = JsonParser.parseReader(reader);
      if (!element.isJsonObject() || reader.peek() != JsonToken.END_DOCUMENT) {
        throw table.at(number, "one JSON object", "something else");
      }
      return element.getAsJsonObject();
    } catch (JsonParseException | IllegalStateException e) {
      throw table.at(number, "one JSON object", "text that is no JSON: " + e.getMessage());
    } catch (DataException e) {
      throw e;
    } catch (IOException e) {
      throw table.at(number, "one JSON object", "text that is no JSON: " + e.getMessage());
    }
  }

  private static Optional<JsonElement> find(
      JsonObject object, List<String> names, long number, ManifestTable table)
      throws DataException {
    List<String> there = names.stream().filter(object::has).toList();
    if (there.size() > 1) {
      throw table.at(
          number, "one of " + String.join(", ", there), there.size() + " of them: which counts?");
    }
    return there.stream().findFirst().map(object::get);
  }

  private static DataException none(long number, ManifestTable table, String what) {
    return table.at(number, "a key \"" + what + "\"", "none");
  }

  /** A name or a number, as it is written. */
  private static String text(JsonElement value, long number, ManifestTable table)
      throws DataException {
    boolean fits =
        value.isJsonPrimitive()
            && (value.getAsJsonPrimitive().isString()
                || (value.getAsJsonPrimitive().isNumber()
                    && value.getAsString().matches("-?[0-9]+")));
    if (!fits) {
      throw table.at(number, "a text or a whole number", value.toString());
    }
    return value.getAsString();
  }
}
