package io.github.tfbit.cli.inspect;

import io.github.tfbit.converters.Architecture;
import io.github.tfbit.converters.ContentId;
import io.github.tfbit.converters.FingerprintMatch;
import io.github.tfbit.converters.catalogue.Catalogue;
import io.github.tfbit.converters.catalogue.Entry;
import io.github.tfbit.converters.fingerprints.Fingerprints;
import java.util.Optional;

/** Published models whose tensors' checksums are known. */
final class Genuine {
  private Genuine() {}

  /** How far weights are those of a published model of their architecture, where one is known. */
  static Optional<FingerprintMatch> match(Architecture architecture, ContentId content) {
    for (String model : Fingerprints.known()) {
      Optional<Entry> entry = Catalogue.published().find(model);
      if (entry.isPresent() && entry.get().architecture().equals(architecture)) {
        return Fingerprints.of(model).map(crc32c -> FingerprintMatch.of(content, model, crc32c));
      }
    }
    return Optional.empty();
  }
}
