package io.github.tfbit.checkpoints.safetensors;

import io.github.tfbit.checkpoints.DType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files put together by hand, valid or not. */
final class SafetensorsBuilder {
  private final ByteArrayOutputStream contents = new ByteArrayOutputStream();
  private final StringBuilder json = new StringBuilder();

  /** A file of the header as given, its true length before it. */
  static Path write(Path file, String header, int contents) throws IOException {
    return write(file, header.getBytes(StandardCharsets.UTF_8), new byte[contents]);
  }

  static Path write(Path file, byte[] header, byte[] contents) throws IOException {
    ByteBuffer b = ByteBuffer.allocate(8 + header.length + contents.length);
    b.order(ByteOrder.LITTLE_ENDIAN).putLong(header.length).put(header).put(contents);
    return Files.write(file, b.array());
  }

  /** One tensor's entry in a header. */
  static String entry(String name, String dtype, String shape, long begin, long end) {
    return "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
        .formatted(name, dtype, shape, begin, end);
  }

  /** Adds an entry, and contents at the end; the header's order is the reverse of the contents'. */
  SafetensorsBuilder add(String name, DType dtype, String shape, float... values) {
    ByteBuffer b = ByteBuffer.allocate(dtype.bytes() * values.length);
    b.order(ByteOrder.LITTLE_ENDIAN);
    for (float v : values) {
      put(b, dtype, v);
    }
    int begin = contents.size();
    contents.writeBytes(b.array());
    String entry = entry(name, StoredType.of(dtype).name(), shape, begin, contents.size());
    json.insert(0, json.isEmpty() ? entry : entry + ",");
    return this;
  }

  private static void put(ByteBuffer b, DType dtype, float v) {
    switch (dtype) {
      case FLOAT16 -> b.putShort(half(v));
      case BFLOAT16 -> b.putShort((short) (Float.floatToRawIntBits(v) >> 16));
      case FLOAT32 -> b.putFloat(v);
      case FLOAT64 -> b.putDouble(v);
      case INT64 -> b.putLong((long) v);
    }
  }

  /** Binary16 of few normal values whose fractions have at most 10 bits. */
  private static short half(float v) {
    int bits = Float.floatToRawIntBits(v);
    int exponent = (bits >>> 23) - 127 + 15;
    return (short) (v == 0 ? 0 : exponent << 10 | (bits >>> 13 & 0x3ff));
  }

  Path write(Path file, String padding) throws IOException {
    byte[] header = ("{" + json + "}" + padding).getBytes(StandardCharsets.UTF_8);
    return write(file, header, contents.toByteArray());
  }
}
