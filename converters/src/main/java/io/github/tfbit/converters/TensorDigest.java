package io.github.tfbit.converters;

import io.github.tfbit.checkpoints.TensorInfo;
import java.util.Objects;

/**
 * One tensor in a few bytes. Both checksums are over its float32 values, little-endian in C order,
 * every bit as it is: -0.0 is not 0.0, and a NaN keeps its payload.
 *
 * @param tensor published name and shape
 * @param sha256 in 64 lower-case hexadecimal digits
 * @param crc32c as TensorFlow's checkpoints hold it, but unmasked (RFC 3720, appendix B.4)
 * @param values smallest, largest, mean
 */
public record TensorDigest(TensorInfo tensor, String sha256, int crc32c, TensorStatistics values) {
  /** Checks that no part is missing. */
  public TensorDigest {
    Objects.requireNonNull(tensor, "tensor");
    Objects.requireNonNull(sha256, "sha256");
    Objects.requireNonNull(values, "values");
  }

  /**
   * The CRC32C as people write it.
   *
   * @return eight hexadecimal digits
   */
  public String crc32cDigits() {
    return String.format(java.util.Locale.ROOT, "%08x", crc32c);
  }
}
