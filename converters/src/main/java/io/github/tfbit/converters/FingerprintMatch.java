package io.github.tfbit.converters;

import java.util.Map;
import java.util.Objects;

/**
 * How many tensors of some weights are those of a genuine published file, by their CRC32C.
 *
 * @param model whose values are known
 * @param equal how many tensors have them
 * @param known how many tensors' values are known
 */
public record FingerprintMatch(String model, int equal, int known) {
  /** Checks the counts. */
  public FingerprintMatch {
    Objects.requireNonNull(model, "model");
    if (equal < 0 || equal > known) {
      throw new IllegalArgumentException("expected 0 to " + known + " tensors, found " + equal);
    }
  }

  /**
   * Compares.
   *
   * @param content of the weights
   * @param model whose values are known
   * @param crc32c of its tensors by published name, unmasked
   * @return how many are equal
   */
  public static FingerprintMatch of(ContentId content, String model, Map<String, Integer> crc32c) {
    int equal =
        (int)
            content.tensors().stream()
                .filter(t -> Integer.valueOf(t.crc32c()).equals(crc32c.get(t.tensor().name())))
                .count();
    return new FingerprintMatch(model, equal, crc32c.size());
  }

  /**
   * Whether every tensor whose value is known is the genuine one.
   *
   * @return true for the genuine model, whatever head it has
   */
  public boolean genuine() {
    return known > 0 && equal == known;
  }
}
