package io.github.tfbit.report;

import io.github.tfbit.evaluate.Mistake;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A wrong answer with the picture that it was given to.
 *
 * @param mistake what was wrong
 * @param name of the picture
 * @param truth names of what it shows
 * @param answer name of the class that is wrong
 * @param jpeg a small copy of it; empty if it cannot be decoded any more
 */
public record ShownMistake(
    Mistake mistake, String name, List<String> truth, String answer, Optional<byte[]> jpeg) {
  /** Copies the list. */
  public ShownMistake {
    Objects.requireNonNull(mistake, "mistake");
    Objects.requireNonNull(name, "name");
    truth = List.copyOf(truth);
    Objects.requireNonNull(jpeg, "jpeg");
  }
}
