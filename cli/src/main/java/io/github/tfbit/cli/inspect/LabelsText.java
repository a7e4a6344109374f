package io.github.tfbit.cli.inspect;

import io.github.tfbit.Labels;
import io.github.tfbit.cli.command.Upstream;
import io.github.tfbit.cli.console.Text;

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
      case ASSUMED -> Text.of("assumed from the number of classes, %,d", labels.size());
      case UNKNOWN -> "not known: answers are numbered from 0";
    };
  }

  static String source(Upstream upstream) {
    return switch (upstream.labels().knowledge()) {
      case KNOWN -> upstream.run().isPresent() ? "the run" : "the model's own files";
      case ASSUMED -> "the number of classes";
      case UNKNOWN -> "nothing";
    };
  }
}
