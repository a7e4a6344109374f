package io.github.tfbit.checkpoints.safetensors;

import io.github.tfbit.checkpoints.OutputException;
import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.checkpoints.TensorInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Length and header, as the format's own library writes them. */
final class HeaderWriter {
  private static final int ALIGNMENT = 8;

  private final StringBuilder json = new StringBuilder("{");

  private HeaderWriter() {}

  /** The library's order: by falling alignment, so that every tensor lies aligned, then by name. */
  static List<TensorInfo> ordered(List<TensorInfo> tensors) {
    Comparator<TensorInfo> byType =
        Comparator.comparing((TensorInfo t) -> StoredType.of(t.dtype())).reversed();
    return tensors.stream()
        .sorted(byType.thenComparing(t -> utf8(t.name()), Arrays::compareUnsigned))
        .toList();
  }

  private static byte[] utf8(String name) {
    return name.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] header(List<TensorInfo> ordered, Map<String, String> metadata, Path target)
      throws IOException {
    HeaderWriter header = new HeaderWriter();
    if (!metadata.isEmpty()) {
      header.metadata(metadata);
    }
    long at = 0;
    for (TensorInfo t : ordered) {
      if (t.name().equals(HeaderParser.METADATA)) {
        throw refused(target, "another name than the format's own", t.name());
      }
      header.tensor(t, at);
      at += t.byteSize();
    }
    header.json.append('}');
    return header.padded(target);
  }

  private void metadata(Map<String, String> metadata) {
    key(HeaderParser.METADATA);
    json.append('{');
    metadata.forEach(
        (k, v) -> {
          key(k);
          string(v);
        });
    json.append('}');
  }

  private void tensor(TensorInfo t, long at) {
    key(t.name());
    json.append("{\"dtype\":\"").append(StoredType.of(t.dtype())).append("\",\"shape\":[");
    json.append(t.shape().stream().map(String::valueOf).collect(Collectors.joining(",")));
    json.append("],\"data_offsets\":[").append(at).append(',').append(at + t.byteSize());
    json.append("]}");
  }

  private void key(String key) {
    if (json.charAt(json.length() - 1) != '{') {
      json.append(',');
    }
    string(key);
    json.append(':');
  }

  private void string(String s) {
    json.append('"');
    for (int i = 0; i < s.length(); i++) {
      char c = s.charAt(i);
      switch (c) {
        case '"' -> json.append("\\\"");
        case '\\' -> json.append("\\\\");
        case '\b' -> json.append("\\b");
        case '\f' -> json.append("\\f");
        case '\n' -> json.append("\\n");
        case '\r' -> json.append("\\r");
        case '\t' -> json.append("\\t");
        default -> {
          if (c < ' ') {
            json.append("\\u%04x".formatted((int) c));
          } else {
            json.append(c);
          }
        }
      }
    }
    json.append('"');
  }

  private byte[] padded(Path target) throws IOException {
    ByteBuffer text = utf8(target);
    int length = (text.remaining() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    byte[] header = new byte[Long.BYTES + length];
    Arrays.fill(header, (byte) ' ');
    ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).putLong(length).put(text);
    return header;
  }

  private ByteBuffer utf8(Path target) throws IOException {
    try {
      return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(json));
    } catch (CharacterCodingException e) {
      throw refused(target, "names in Unicode", "half a character");
    }
  }

  private static OutputException refused(Path target, String expected, String found) {
    return new OutputException(
        new Problem(expected, found, target.toString(), "rename the tensor"), null);
  }
}
