package io.github.tfbit.cli.inspect;

import io.github.tfbit.Labels;
import io.github.tfbit.cli.command.Upstream;
import io.github.tfbit.converters.labels.LabelSet;

/** Whether the classes' names are known, and from where. */
final class LabelsText {
  private LabelsText() {}

  static String of(Upstream upstream) {
    Labels labels = upstream.labels();
    if (labels.size() == 0) {
      return "none: no head";
    }
    return switch (labels.knowledge()) {
      case KNOWN -> "known, from " + source(upstream);
      case ASSUMED ->
          upstream.file().labels().isPresent()
              ? "assumed when the file was written, from the number of classes"
              : "assumed from the number of classes: " + set(labels);
      case UNKNOWN -> "not known: answers are numbered from 0";
    };
  }

  static String source(Upstream upstream) {
    return switch (upstream.labels().knowledge()) {
      case KNOWN -> knownFrom(upstream);
      case ASSUMED -> "the number of classes";
      case UNKNOWN -> "nothing";
    };
  }

  private static String knownFrom(Upstream upstream) {
    if (upstream.run().isPresent()) {
      return "the run";
    }
    return upstream.file().labels().isPresent() ? "the model's own files" : "the catalogue";
  }

  private static String set(Labels labels) {
    return LabelSet.assumed(labels.size()).map(LabelSet::title).orElseThrow();
  }
}
