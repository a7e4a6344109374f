package io.github.tfbit.cli.inspect;

import io.github.tfbit.converters.Architecture;
import io.github.tfbit.converters.ContentId;
import io.github.tfbit.converters.FingerprintMatch;
import java.util.Optional;

/** Published models whose tensors' checksums are known. */
final class Genuine {
  private Genuine() {}

  /** How far weights are those of a published model of their architecture, where one is known. */
  static Optional<FingerprintMatch> match(Architecture architecture, ContentId content) {
    return Optional.empty();
  }
}
