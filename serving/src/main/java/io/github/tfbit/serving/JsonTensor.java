package io.github.tfbit.serving;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.tensorflow.proto.DataType;

/**
 * A tensor that is put together from JSON: nested lists of numbers, or of strings and {@code
 * {"b64": …}}. Elements go into one array as they are read, so that a long request takes little
 * more memory than its tensors.
 */
final class JsonTensor {
  /** No signature has as many dimensions. */
  private static final int MOST_DIMENSIONS = 8;

  private final List<Integer> shape = new ArrayList<>();
  private final List<ByteString> strings = new ArrayList<>();
  private float[] numbers = new float[16];
  private int count;
  private int rank = -1;

  /**
   * Reads a value.
   *
   * @param in before it
   * @param depth how many lists it lies in
   */
  void read(JsonReader in, int depth) throws IOException {
    switch (in.peek()) {
      case BEGIN_ARRAY -> list(in, depth);
      case NUMBER -> number(in.nextDouble(), depth);
      case STRING -> string(ByteString.copyFromUtf8(in.nextString()), depth);
      case BEGIN_OBJECT -> {
        in.beginObject();
        String name = in.hasNext() ? in.nextName() : "";
        base64(in, name, depth);
        in.endObject();
      }
      default ->
          throw ServingException.invalid(
              "JSON Value: expected a number, a string, a list or {\"b64\": ...}, found "
                  + in.peek()
                  + " at "
                  + in.getPath());
    }
  }

  /** Reads the value of an object's only member, which must be called b64. */
  void base64(JsonReader in, String name, int depth) throws IOException {
    if (!name.equals("b64") || in.peek() != JsonToken.STRING) {
      throw ServingException.invalid(
          "JSON Value: expected {\"b64\": \"...\"}, found \"" + name + "\" at " + in.getPath());
    }
    String text = in.nextString();
    try {
      string(ByteString.copyFrom(Base64.getDecoder().decode(text)), depth);
    } catch (IllegalArgumentException e) {
      throw ServingException.invalid("JSON Value: Unable to base64 decode at " + in.getPath());
    }
  }

  private void list(JsonReader in, int depth) throws IOException {
    if (depth >= MOST_DIMENSIONS) {
      throw ServingException.invalid(
          "JSON Value: expected at most " + MOST_DIMENSIONS + " dimensions at " + in.getPath());
    }
    in.beginArray();
    int n = 0;
    while (in.hasNext()) {
      read(in, depth + 1);
      n++;
    }
    in.endArray();
    close(depth, n, in.getPreviousPath());
  }

  /** Says that a list of that depth has ended. */
  void close(int depth, int size, String where) {
    while (shape.size() <= depth) {
      shape.add(-1);
    }
    if (shape.get(depth) >= 0 && shape.get(depth) != size) {
      throw ServingException.invalid(
          "Encountered list at unexpected size: "
              + size
              + " at depth: "
              + depth
              + " expected size: "
              + shape.get(depth)
              + " at "
              + where);
    }
    shape.set(depth, size);
  }

  private void element(int depth) {
    if (rank >= 0 && rank != depth) {
      throw ServingException.invalid(
          "JSON Value: expected elements at depth " + rank + ", found one at depth " + depth);
    }
    rank = depth;
  }

  private void number(double value, int depth) {
    element(depth);
    if (!strings.isEmpty()) {
      throw ServingException.invalid("JSON Value: " + value + " is not of expected type: string");
    }
    if (count == numbers.length) {
      numbers = Arrays.copyOf(numbers, Math.multiplyExact(2, count));
    }
    numbers[count++] = (float) value;
  }

  private void string(ByteString value, int depth) {
    element(depth);
    if (count > 0) {
      throw ServingException.invalid("JSON Value: a string is not of expected type: number");
    }
    strings.add(value);
  }

  /**
   * The tensor.
   *
   * @param type that a signature asks for: numbers become what it wants if they fit
   */
  Value value(DataType type) {
    List<Integer> sizes = shape.subList(0, Math.max(0, rank < 0 ? shape.size() : rank));
    if (!strings.isEmpty() || (count == 0 && type == DataType.DT_STRING)) {
      return new Value(sizes, new Value.Strings(strings));
    }
    return new Value(sizes, type == DataType.DT_UINT8 ? bytes() : floats());
  }

  private Value.Floats floats() {
    return new Value.Floats(Arrays.copyOf(numbers, count));
  }

  private Value.Bytes bytes() {
    byte[] values = new byte[count];
    for (int i = 0; i < count; i++) {
      int whole = (int) numbers[i];
      if (whole != numbers[i] || whole < 0 || whole > 255) {
        throw ServingException.invalid(
            "JSON Value: " + numbers[i] + " Type: Number is not of expected type: uint8");
      }
      values[i] = (byte) whole;
    }
    return new Value.Bytes(values);
  }
}
