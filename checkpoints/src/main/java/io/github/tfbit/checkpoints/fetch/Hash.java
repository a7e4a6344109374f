package io.github.tfbit.checkpoints.fetch;

import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;

/**
 * A checksum that a whole file must have.
 *
 * @param algorithm how it is computed
 * @param hex the value, lower case, most significant byte first
 */
public record Hash(Algorithm algorithm, String hex) {
  /** The checksums that servers and catalogues publish. */
  public enum Algorithm {
    /** CRC-32C (Castagnoli), 4 bytes; Google Cloud Storage has it for every object. */
    CRC32C(4),
    /** MD5, 16 bytes; Google Cloud Storage has it for objects uploaded in one piece. */
    MD5(16),
    /** SHA-256, 32 bytes; what the cache records, and Hugging Face for large files. */
    SHA256(32);

    private final int bytes;

    Algorithm(int bytes) {
      this.bytes = bytes;
    }

    /**
     * Length of a value.
     *
     * @return bytes
     */
    public int bytes() {
      return bytes;
    }
  }

  /** Checks the length and the digits. */
  public Hash {
    Objects.requireNonNull(algorithm, "algorithm");
    hex = hex.toLowerCase(Locale.ROOT);
    if (HexFormat.of().parseHex(hex).length != algorithm.bytes) {
      throw new IllegalArgumentException(
          "expected %d bytes of %s, found '%s'".formatted(algorithm.bytes, algorithm, hex));
    }
  }

  /**
   * A checksum from its bytes.
   *
   * @param algorithm how it was computed
   * @param value most significant byte first
   * @return the checksum
   */
  public static Hash of(Algorithm algorithm, byte[] value) {
    return new Hash(algorithm, HexFormat.of().formatHex(value));
  }

  /** Reads {@code ALGORITHM hex}, as records have it. */
  static Hash parse(String text) {
    int space = text.indexOf(' ');
    if (space < 0) {
      throw new IllegalArgumentException("expected ALGORITHM and digits, found '" + text + "'");
    }
    return new Hash(Algorithm.valueOf(text.substring(0, space)), text.substring(space + 1));
  }

  /** As records have it. */
  String recorded() {
    return algorithm.name() + " " + hex;
  }

  @Override
  public String toString() {
    return algorithm.name().toLowerCase(Locale.ROOT) + " " + hex;
  }
}
