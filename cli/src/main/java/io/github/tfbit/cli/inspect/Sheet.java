package io.github.tfbit.cli.inspect;

import io.github.tfbit.cli.console.Console;
import io.github.tfbit.cli.console.Text;
import java.util.ArrayList;
import java.util.List;

/** Labelled sentences, wrapped for a terminal. */
final class Sheet {
  /** As wide as the longest label and a gap; 64 hexadecimal digits fit beside it. */
  private static final int LABEL = 14;

  private final List<String> lines = new ArrayList<>();

  /** Adds a label and what it says; an empty label goes on with the one before. */
  Sheet row(String label, String text) {
    List<String> wrapped = Text.wrap(text, Console.COLUMNS - 1 - LABEL);
    for (int i = 0; i < wrapped.size(); i++) {
      String first = i == 0 ? label : "";
      lines.add((first + " ".repeat(LABEL - first.length()) + wrapped.get(i)).stripTrailing());
    }
    return this;
  }

  List<String> lines() {
    return List.copyOf(lines);
  }
}
