package io.github.tfbit;

import io.github.tfbit.graph.HeadFunction;
import io.github.tfbit.image.PictureFunction;
import io.github.tfbit.train.LossFunction;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Graph functions of the user's own, with the names that a run records them by. */
final class OwnFunctions {
  private static final String HEAD = "head";
  private static final String LOSS = "loss";
  private static final String AUGMENTATION = "augmentation";

  private final Map<String, String> names = new TreeMap<>();
  private HeadFunction head = HeadFunction.LINEAR;
  private Optional<LossFunction> loss = Optional.empty();
  private PictureFunction augmentation = PictureFunction.NONE;

  void head(String name, HeadFunction function) {
    name(HEAD, name);
    head = function;
  }

  void loss(String name, LossFunction function) {
    name(LOSS, name);
    loss = Optional.of(function);
  }

  void augmentation(String name, PictureFunction function) {
    name(AUGMENTATION, name);
    augmentation = function;
  }

  private void name(String kind, String name) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("expected a name for the " + kind + ", found none");
    }
    names.put(kind, name);
  }

  /** Kind and name, with a space between, of those that there are. */
  List<String> names() {
    return names.entrySet().stream().map(e -> e.getKey() + " " + e.getValue()).toList();
  }

  /** The head's name among {@link #names}. */
  static Optional<String> headOf(List<String> names) {
    return names.stream()
        .filter(n -> n.startsWith(HEAD + " "))
        .map(n -> n.substring(HEAD.length() + 1))
        .findFirst();
  }

  HeadFunction head() {
    return head;
  }

  Optional<LossFunction> loss() {
    return loss;
  }

  PictureFunction augmentation() {
    return augmentation;
  }

  boolean hasAugmentation() {
    return names.containsKey(AUGMENTATION);
  }
}
