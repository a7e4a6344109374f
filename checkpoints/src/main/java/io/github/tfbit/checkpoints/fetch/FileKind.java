package io.github.tfbit.checkpoints.fetch;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a file has to look like, so that a web page is not taken for weights. */
public enum FileKind {
  /** A zip archive such as npz. */
  ZIP("a zip archive (npz)", "PK\003\004"),
  /** HDF5, as Keras writes it. */
  HDF5("an HDF5 file", "\u0089HDF\r\n\032\n"),
  /** Compressed with gzip, such as {@code .tar.gz}. */
  GZIP("a gzip file", "\037\u008b"),
  /** Hugging Face's safetensors: the length of a header that is an object in JSON. */
  SAFETENSORS("a safetensors file", ""),
  /** A TensorFlow checkpoint's {@code .index}, which says what it is at its end. */
  TENSOR_INDEX("the index of a TensorFlow checkpoint", ""),
  /** An object in JSON. */
  JSON("an object in JSON", ""),
  /** Text, such as labels. */
  TEXT("text", ""),
  /** Anything but a web page. */
  BINARY("a file of weights", "");

  /** Bytes that are enough to tell by. */
  static final int HEAD_BYTES = 512;

  private static final int SAFETENSORS_BRACE = 8;

  private final String noun;

  /** How it begins, a byte in each character. */
  private final String magic;

  FileKind(String noun, String magic) {
    this.noun = noun;
    this.magic = magic;
  }

  /** What it is, for messages. */
  String noun() {
    return noun;
  }

  /**
   * Looks at the beginning of a file.
   *
   * @param head its first {@link #HEAD_BYTES} bytes, or all of a shorter one
   * @return what is wrong with it, empty if nothing is
   */
  Optional<String> objection(byte[] head) {
    String text = new String(head, StandardCharsets.UTF_8).replace("\uFEFF", "").stripLeading();
    String start = text.toLowerCase(Locale.ROOT);
    if (Stream.of("<!doctype", "<html", "<head", "<body", "<?xml", "<script", "<error")
        .anyMatch(start::startsWith)) {
      return Optional.of("a web page (" + quoted(text) + ")");
    }
    boolean right =
        switch (this) {
          case ZIP, HDF5, GZIP -> new String(head, StandardCharsets.ISO_8859_1).startsWith(magic);
          case SAFETENSORS -> head.length > SAFETENSORS_BRACE && head[SAFETENSORS_BRACE] == '{';
          case JSON -> start.startsWith("{");
          case TEXT -> text.indexOf('\0') < 0;
          case TENSOR_INDEX, BINARY -> true;
        };
    return right ? Optional.empty() : Optional.of("something else (" + quoted(text) + ")");
  }

  private static String quoted(String text) {
    String line = text.substring(0, Math.min(text.length(), 40)).replaceAll("\\P{Print}", ".");
    return "it begins '" + line + "'";
  }
}
