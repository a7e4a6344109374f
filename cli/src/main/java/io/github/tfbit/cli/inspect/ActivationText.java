package io.github.tfbit.cli.inspect;

import io.github.tfbit.cli.command.Upstream;
import io.github.tfbit.converters.Activation;
import io.github.tfbit.converters.Head;
import io.github.tfbit.converters.catalogue.Entry;
import java.util.Locale;

/** How logits become probabilities, and where that is known from. */
final class ActivationText {
  private ActivationText() {}

  static String of(Upstream upstream, Head head) {
    return name(head.activation()) + ", from " + source(upstream);
  }

  static String name(Activation activation) {
    return activation.name().toLowerCase(Locale.ROOT);
  }

  static String source(Upstream upstream) {
    if (upstream.run().isPresent()) {
      return "the run";
    }
    if (upstream.file().facts().activation().isPresent()) {
      return "the model's own files";
    }
    return upstream.entry().flatMap(Entry::head).isPresent()
        ? "the catalogue"
        : "the number of classes: published heads of 21,843 have a sigmoid, others softmax";
  }
}
