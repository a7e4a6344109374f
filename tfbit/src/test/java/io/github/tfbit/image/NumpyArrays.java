package io.github.tfbit.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;

/** Arrays of an npz file of types that no weights have: half precision and text. */
final class NumpyArrays implements AutoCloseable {
  private static final Pattern DESCR = Pattern.compile("'descr': '<([a-zA-Z])(\\d+)'");

  private final ZipFile zip;

  private NumpyArrays(ZipFile zip) {
    this.zip = zip;
  }

  static NumpyArrays open(Path file) throws IOException {
    return new NumpyArrays(new ZipFile(file.toFile()));
  }

  /** Numbers in C order; text arrays through {@link #strings}. */
  double[] values(String name) throws IOException {
    ByteBuffer all = bytes(name);
    Matcher type = type(all);
    int size = Integer.parseInt(type.group(2));
    double[] values = new double[all.remaining() / size];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (type.group(1) + size) {
            case "f2" -> half(all.getShort());
            case "f4" -> all.getFloat();
            case "f8" -> all.getDouble();
            case "i8" -> all.getLong();
            default -> throw new IOException("unexpected type " + type.group());
          };
    }
    return values;
  }

  /** UTF-32 of fixed length, padded with zeros. */
  List<String> strings(String name) throws IOException {
    ByteBuffer all = bytes(name);
    int length = Integer.parseInt(type(all).group(2));
    List<String> strings = new ArrayList<>();
    while (all.hasRemaining()) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < length; i++) {
        int c = all.getInt();
        if (c != 0) {
          text.appendCodePoint(c);
        }
      }
      strings.add(text.toString());
    }
    return strings;
  }

  private ByteBuffer bytes(String name) throws IOException {
    try (InputStream in = zip.getInputStream(zip.getEntry(name + ".npy"))) {
      return ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
    }
  }

  private static Matcher type(ByteBuffer all) throws IOException {
    int header = Short.toUnsignedInt(all.getShort(8));
    byte[] bytes = new byte[header];
    all.position(10).get(bytes);
    String text = new String(bytes, StandardCharsets.US_ASCII);
    Matcher type = DESCR.matcher(text);
    if (!type.find()) {
      throw new IOException("unexpected header " + text);
    }
    return type;
  }

  private static double half(short bits) {
    int exponent = bits >> 10 & 31;
    int fraction = bits & 1023;
    double size =
        exponent == 0 ? fraction * 0x1p-24 : (1024 + fraction) * Math.pow(2, exponent - 25);
    return bits < 0 ? -size : size;
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
