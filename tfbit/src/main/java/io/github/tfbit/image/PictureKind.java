package io.github.tfbit.image;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * What a file is by its first bytes; for messages and surveys, TensorFlow's decoder decides for
 * itself.
 */
public enum PictureKind {
  /** Starts with FF D8 FF. */
  JPEG("FFD8FF"),
  /** Starts with the PNG signature. */
  PNG("89504E470D0A1A0A"),
  /** Starts with GIF8. */
  GIF("47494638"),
  /** Starts with BM. */
  BMP("424D"),
  /** Starts with RIFF; decoded in Java. */
  WEBP("52494646"),
  /** Anything else: no picture that is decoded. */
  OTHER("");

  private static final int SHOWN = 24;
  private static final int LONGEST = 8;

  private final String magic;

  PictureKind(String hex) {
    magic = hex;
  }

  /**
   * Looks at the first bytes of a file.
   *
   * @param bytes of the file; may be none
   * @return what it looks like
   */
  public static PictureKind of(byte[] bytes) {
    String start = HexFormat.of().withUpperCase().formatHex(Arrays.copyOf(bytes, LONGEST));
    for (PictureKind kind : values()) {
      if (start.startsWith(kind.magic)) {
        return kind;
      }
    }
    return OTHER;
  }

  String describe(byte[] bytes) {
    if (bytes.length == 0) {
      return "an empty file";
    }
    return switch (this) {
      case JPEG, PNG, GIF, BMP ->
          "a " + name() + " of " + bytes.length + " bytes that is cut off or damaged";
      case WEBP -> "a WebP of " + bytes.length + " bytes that is cut off or damaged";
      case OTHER -> bytes.length + " bytes that start with " + start(bytes);
    };
  }

  private static String start(byte[] bytes) {
    byte[] first = Arrays.copyOf(bytes, Math.min(SHOWN, bytes.length));
    for (byte b : first) {
      if (b < ' ' && b != '\n' && b != '\r' && b != '\t') {
        return HexFormat.ofDelimiter(" ").formatHex(first);
      }
    }
    return '"' + new String(first, StandardCharsets.US_ASCII).strip() + '"';
  }
}
