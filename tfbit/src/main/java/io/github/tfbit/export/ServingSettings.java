package io.github.tfbit.export;

import io.github.tfbit.converters.Architecture;
import io.github.tfbit.converters.Head;
import io.github.tfbit.data.ImageSize;
import io.github.tfbit.image.Rgb;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What an exported model is made of, besides its weights.
 *
 * @param architecture of the network
 * @param head number of classes and activation
 * @param labels one name per class, in the head's order
 * @param size that encoded pictures and pixels are resized to
 * @param top how many classes each picture gets, from 1 to the number of classes
 * @param background what shows through transparent pictures; empty to drop alpha
 */
public record ServingSettings(
    Architecture architecture,
    Head head,
    List<String> labels,
    ImageSize size,
    int top,
    Optional<Rgb> background) {
  /** Checks that the parts fit each other. */
  public ServingSettings {
    Objects.requireNonNull(architecture, "architecture");
    Objects.requireNonNull(size, "size");
    Objects.requireNonNull(background, "background");
    labels = List.copyOf(labels);
    if (labels.size() != head.classes()) {
      throw new IllegalArgumentException(
          "expected a label for each of " + head.classes() + " classes, found " + labels.size());
    }
    if (top < 1 || top > head.classes()) {
      throw new IllegalArgumentException(
          "expected 1 to " + head.classes() + " classes per picture, found " + top);
    }
  }
}
