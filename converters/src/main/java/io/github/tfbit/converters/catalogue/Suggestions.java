package io.github.tfbit.converters.catalogue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Names that look like a mistyped one. */
final class Suggestions {
  private static final int MOST = 5;

  /** Longer than any name; what is longer is not a mistyped name. */
  private static final int LONGEST = 200;

  private Suggestions() {}

  private record Candidate(String name, int distance) {}

  /** The nearest names; nothing that differs in more than a third of its letters. */
  static List<String> of(String typed, List<Entry> entries) {
    if (typed.length() > LONGEST) {
      return List.of();
    }
    String wanted = plain(typed);
    List<Candidate> all = new ArrayList<>();
    for (Entry entry : entries) {
      int distance = distance(wanted, plain(entry.name()));
      for (String alias : entry.aliases()) {
        distance = Math.min(distance, distance(wanted, plain(alias)));
      }
      if (distance <= Math.max(2, wanted.length() / 3)) {
        all.add(new Candidate(entry.name(), distance));
      }
    }
    return all.stream()
        .sorted(Comparator.comparingInt(Candidate::distance)) // stable: the catalogue's order
        .limit(MOST)
        .map(Candidate::name)
        .toList();
  }

  /** Without what people forget: case, separators and endings. */
  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT)
        .replaceAll("\\.(npz|h5|safetensors|tar\\.gz)$", "")
        .replaceAll("[-_. /]", "");
  }

  /** Levenshtein's: insertions, deletions and replacements. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
