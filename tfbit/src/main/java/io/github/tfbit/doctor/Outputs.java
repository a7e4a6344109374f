package io.github.tfbit.doctor;

import io.github.tfbit.checkpoints.Problem;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Which of a signature's inputs and outputs hold pictures, scores and names. */
final class Outputs {
  /** Aliases of scores, the most telling first. */
  private static final List<String> SCORES =
      List.of("scores", "probabilities", "predictions", "output_0", "logits", "default", "output");

  private static final List<String> CLASSES = List.of("classes", "labels", "class_names");

  private Outputs() {}

  /** The scores' alias among a signature's. */
  static Optional<String> scores(Set<String> aliases) {
    return SCORES.stream()
        .filter(aliases::contains)
        .findFirst()
        .or(() -> aliases.size() == 1 ? aliases.stream().findFirst() : Optional.empty());
  }

  /** The names' alias among a signature's, if it has one. */
  static Optional<String> classes(Set<String> aliases) {
    return CLASSES.stream().filter(aliases::contains).findFirst();
  }

  /** Classes that have no names. */
  static List<String> numbered(int classes) {
    return IntStream.range(0, classes).mapToObj(Integer::toString).toList();
  }

  static IOException unusable(String found, String where) {
    return new UnusableModelException(
        new Problem(
            "a signature that takes encoded pictures or pixels and gives scores",
            found,
            where,
            "name the model's directory or address, and see tfbit check-export"));
  }
}
