package io.github.tfbit.checkpoints.safetensors;

import static io.github.tfbit.checkpoints.CheckpointException.corrupt;
import static io.github.tfbit.checkpoints.CheckpointException.unsupported;

import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import io.github.tfbit.checkpoints.CheckpointException;
import io.github.tfbit.checkpoints.Problem;
import java.io.EOFException;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The header's JSON: {@code {"TENSOR_NAME": {"dtype": "F16", "shape": [1, 16, 256], "data_offsets":
 * [BEGIN, END]}, "__metadata__": {"KEY": "VALUE"}}}, read as a stream. Whatever the format's own
 * library refuses is refused, and so is every key that comes twice.
 */
final class HeaderParser {
  /** "Special key __metadata__ is allowed to contain free form string-to-string map." */
  static final String METADATA = "__metadata__";

  /** R152x4 has 459 tensors; the largest models of any kind some thousands. */
  static final int MAX_TENSORS = 100_000;

  /** Files of models have one to a few dozen. */
  static final int MAX_METADATA = 10_000;

  private static final int MAX_RANK = 64;

  /** What a tensor's fields say, not yet compared with one another. */
  record Tensor(String name, StoredType type, List<Integer> shape, long begin, long end) {}

  /** All that the header says; tensors in its own order. */
  record Header(List<Tensor> tensors, Map<String, String> metadata) {}

  private enum Field {
    DTYPE,
    SHAPE,
    DATA_OFFSETS
  }

  private final JsonReader json;
  private final String file;
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();
  private Map<String, String> metadata;

  private HeaderParser(Reader text, String file) {
    this.json = new JsonReader(text);
    this.json.setStrictness(Strictness.STRICT);
    this.json.setNestingLimit(16);
    this.file = file;
  }

  static Header parse(Reader text, String file) throws IOException {
    HeaderParser parser = new HeaderParser(text, file);
    try {
      parser.header();
      return new Header(
          List.copyOf(parser.tensors.values()),
          parser.metadata == null ? Map.of() : parser.metadata);
    } catch (CheckpointException e) {
      throw e;
    } catch (MalformedJsonException
        | EOFException
        | CharacterCodingException
        | JsonParseException
        | IllegalStateException e) {
      throw new CheckpointException.Corrupt(
          new Problem(
              "a header in JSON, as UTF-8, that names tensors",
              Problem.shown(e.getClass().getSimpleName() + ": " + firstLine(e)),
              file,
              "the file is damaged: copy or download it again"),
          e);
    }
  }

  private static String firstLine(Exception e) {
    String message = String.valueOf(e.getMessage());
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }

  private void header() throws IOException {
    json.beginObject();
    while (json.hasNext()) {
      String name = json.nextName();
      if (name.equals(METADATA)) {
        metadata();
      } else if (tensors.size() == MAX_TENSORS) {
        throw unsupported(
            file,
            "at most " + MAX_TENSORS + " tensors",
            "more",
            "this is no file of a BiT model; name another");
      } else if (tensors.put(name, tensor(name)) != null) {
        throw corrupt(file, "each tensor once", "'" + Problem.shown(name) + "' twice");
      }
    }
    json.endObject();
    if (json.peek() != JsonToken.END_DOCUMENT) {
      throw corrupt(file, "the header's end after its JSON", "more of it");
    }
  }

  private void metadata() throws IOException {
    if (metadata != null) {
      throw corrupt(file, METADATA + " once", "it twice");
    }
    metadata = new LinkedHashMap<>();
    if (json.peek() == JsonToken.NULL) {
      json.nextNull();
      return;
    }
    json.beginObject();
    while (json.hasNext()) {
      String key = json.nextName();
      if (metadata.size() == MAX_METADATA) {
        throw unsupported(
            file,
            "at most " + MAX_METADATA + " keys in " + METADATA,
            "more",
            "this is no file of a BiT model; name another");
      }
      if (metadata.put(key, string(METADATA)) != null) {
        throw corrupt(file, "each key of " + METADATA + " once", key(key) + " twice");
      }
    }
    json.endObject();
  }

  private Tensor tensor(String name) throws IOException {
    String where = file + ": tensor '" + Problem.shown(name) + "'";
    Set<Field> seen = EnumSet.noneOf(Field.class);
    StoredType type = null;
    List<Integer> shape = List.of();
    long[] offsets = new long[2];
    json.beginObject();
    while (json.hasNext()) {
      String key = json.nextName();
      switch (key) {
        case "dtype" -> {
          once(seen, Field.DTYPE, where);
          type = type(where);
        }
        case "shape" -> {
          once(seen, Field.SHAPE, where);
          shape = shape(where);
        }
        case "data_offsets" -> {
          once(seen, Field.DATA_OFFSETS, where);
          offsets = offsets(where);
        }
        default -> json.skipValue();
      }
    }
    json.endObject();
    if (seen.size() < Field.values().length) {
      throw corrupt(where, "dtype, shape and data_offsets", seen.size() + " of the three");
    }
    return new Tensor(name, type, shape, offsets[0], offsets[1]);
  }

  private static void once(Set<Field> seen, Field field, String where) throws IOException {
    if (!seen.add(field)) {
      throw corrupt(where, "each field once", field + " twice");
    }
  }

  private StoredType type(String where) throws IOException {
    String name = string(where);
    return StoredType.named(name)
        .orElseThrow(
            () ->
                unsupported(
                    where,
                    "a dtype of safetensors 0.8",
                    key(name),
                    "save the tensor as F32 and try again"));
  }

  private List<Integer> shape(String where) throws IOException {
    List<Integer> shape = new ArrayList<>();
    json.beginArray();
    while (json.hasNext()) {
      long size = number(where, "a shape");
      if (size > Integer.MAX_VALUE || shape.size() == MAX_RANK) {
        throw unsupported(
            where,
            "at most " + MAX_RANK + " dimensions, each below 2^31",
            shape.size() == MAX_RANK ? "more dimensions" : "a dimension of " + size,
            "no BiT model has such a tensor; split it");
      }
      shape.add((int) size);
    }
    json.endArray();
    return shape;
  }

  private long[] offsets(String where) throws IOException {
    json.beginArray();
    long begin = number(where, "data_offsets");
    long end = number(where, "data_offsets");
    json.endArray();
    return new long[] {begin, end};
  }

  /** A whole number below 2^63; JSON's other numbers, and strings of digits, are none. */
  private long number(String where, String field) throws IOException {
    if (json.peek() == JsonToken.NUMBER) {
      String digits = json.nextString();
      if (digits.length() <= 19 && digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
        try {
          return Long.parseLong(digits);
        } catch (NumberFormatException e) {
          throw corrupt(where, "numbers below 2^63 in " + field, digits);
        }
      }
      throw corrupt(where, "whole numbers, 0 or more, in " + field, Problem.shown(digits));
    }
    throw corrupt(where, "whole numbers in " + field, "a JSON " + json.peek());
  }

  private String string(String where) throws IOException {
    if (json.peek() != JsonToken.STRING) {
      throw corrupt(where, "a string", "a JSON " + json.peek());
    }
    return json.nextString();
  }

  private static String key(String key) {
    return "'" + Problem.shown(key) + "'";
  }
}
