package io.github.tfbit.serving;

import com.google.gson.Gson;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.IOException;
import java.io.Reader;

/** Reading of untrusted JSON. */
final class Json {
  /** More levels than any request has; a hostile one would exhaust the stack. */
  private static final int MOST_LEVELS = 64;

  static final Gson GSON = new Gson();

  private Json() {}

  /** Takes one document. */
  interface Parser {
    void parse(JsonReader in) throws IOException;
  }

  /**
   * Reads exactly one document.
   *
   * @throws ServingException if it is no JSON
   */
  static void parse(Reader text, Parser parser) throws IOException {
    JsonReader in = new JsonReader(text);
    in.setStrictness(Strictness.LEGACY_STRICT);
    in.setNestingLimit(MOST_LEVELS);
    try {
      parser.parse(in);
      if (in.peek() != JsonToken.END_DOCUMENT) {
        throw ServingException.invalid("JSON Parse error: expected one value, found more");
      }
    } catch (EOFException e) {
      throw ServingException.invalid("JSON Parse error: the document is empty or cut off");
    } catch (MalformedJsonException | IllegalStateException | NumberFormatException e) {
      throw ServingException.invalid(
          "JSON Parse error: expected JSON of at most "
              + MOST_LEVELS
              + " levels, found something else at "
              + in.getPath());
    }
  }

  static void beginObject(JsonReader in, String otherwise) throws IOException {
    if (in.peek() != JsonToken.BEGIN_OBJECT) {
      throw ServingException.invalid(otherwise + ", found " + in.peek());
    }
    in.beginObject();
  }

  static String string(JsonReader in, String name) throws IOException {
    if (in.peek() != JsonToken.STRING) {
      throw ServingException.invalid("'" + name + "' key must be a string value.");
    }
    return in.nextString();
  }
}
