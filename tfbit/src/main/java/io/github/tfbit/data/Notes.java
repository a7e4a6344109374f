package io.github.tfbit.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What deserves to be said about a source: how often each thing was met, the first by name. */
final class Notes {
  private static final int NAMED = 3;

  private final Map<String, List<String>> first = new LinkedHashMap<>();
  private final Map<String, Integer> counts = new LinkedHashMap<>();
  private final List<String> sentences = new ArrayList<>();

  /** Adds a sentence. */
  void say(String sentence) {
    sentences.add(sentence);
  }

  /**
   * Adds a case of something.
   *
   * @param what in the plural, after its number
   * @param where this one is
   */
  void met(String what, String where) {
    counts.merge(what, 1, Integer::sum);
    List<String> named = first.computeIfAbsent(what, w -> new ArrayList<>());
    if (named.size() < NAMED) {
      named.add(where);
    }
  }

  List<String> list() {
    List<String> all = new ArrayList<>(sentences);
    counts.forEach(
        (what, count) -> all.add(count + " " + what + ": " + some(first.get(what), count)));
    return all;
  }

  /** The first few names of many. */
  static String some(List<String> names, int count) {
    int shown = Math.min(names.size(), 5);
    return String.join(", ", names.subList(0, shown)) + (count > shown ? ", …" : "");
  }
}
