package io.github.tfbit.converters.keras;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a weight is in its layer. */
enum Part {
  /** GroupNorm's scale. */
  GAMMA,
  /** GroupNorm's offset. */
  BETA,
  /** Of a convolution or of the head. */
  KERNEL,
  /** Of the head. */
  BIAS;

  /** In the spelling of names. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Part> of(String word) {
    return Arrays.stream(values()).filter(p -> p.word().equals(word)).findFirst();
  }
}
