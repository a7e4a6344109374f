package io.github.tfbit;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/** What the model has to say about one picture: a ranking, or why there is none. */
public sealed interface Prediction {
  /**
   * The best classes of a picture.
   *
   * @param top best first; of equal logits the class with the smaller index comes first
   */
  record Ranked(List<Score> top) implements Prediction {
    /** Copies the list and refuses an empty one. */
    public Ranked {
      top = List.copyOf(top);
      if (top.isEmpty()) {
        throw new IllegalArgumentException("expected at least one score, found none");
      }
    }

    /**
     * The best class.
     *
     * @return the first of {@link #top}
     */
    public Score best() {
      return top.get(0);
    }
  }

  /**
   * A picture that could not be decoded.
   *
   * @param why the error in words: expected, found, where, what to do
   */
  record Refused(String why) implements Prediction {
    /** Checks that there is a reason. */
    public Refused {
      Objects.requireNonNull(why, "why");
    }
  }

  /**
   * One class and how well it fits.
   *
   * @param index of the class in the head, from 0
   * @param label its name, the index in decimal digits where names are not known
   * @param wordNetId such as {@code n01440764}, where the class has one
   * @param probability from the head's activation: softmax over all classes, or sigmoid of each
   * @param logit what the head computed
   * @param threshold probability from which the label counts as there; empty for a softmax head,
   *     and where none is stored
   */
  record Score(
      int index,
      String label,
      Optional<String> wordNetId,
      double probability,
      float logit,
      OptionalDouble threshold) {
    /** Checks that no part is missing. */
    public Score {
      Objects.requireNonNull(label, "label");
      Objects.requireNonNull(wordNetId, "wordNetId");
      Objects.requireNonNull(threshold, "threshold");
    }

    /**
     * Whether the label counts as there.
     *
     * @return empty without a threshold
     */
    public Optional<Boolean> isPresent() {
      return threshold.isPresent()
          ? Optional.of(probability >= threshold.getAsDouble())
          : Optional.empty();
    }
  }
}
