package io.github.tfbit.converters.catalogue;

import io.github.tfbit.converters.labels.LabelSet;
import java.util.Objects;

/**
 * A published list of what the classes are, one a line.
 *
 * @param artefact the file
 * @param labels whose classes it lists
 * @param content WordNet ids or words
 */
public record LabelFile(Artefact artefact, LabelSet labels, Content content) {
  /** What a line holds. */
  public enum Content {
    /** An id such as {@code n01440764}. */
    WORDNET_IDS,
    /** The words of a synset. */
    WORDNET_LEMMAS
  }

  /** Checks that nothing is missing. */
  public LabelFile {
    Objects.requireNonNull(artefact, "artefact");
    Objects.requireNonNull(labels, "labels");
    Objects.requireNonNull(content, "content");
  }
}
