package io.github.tfbit.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * The classes of TFRecord files: what they are called, and which number each has. A number is
 * called by its text, or by its WordNet id where two numbers share a text, or else by itself.
 */
final class RecordClasses {
  private static final String NO_NAME = "";

  private final OptionalInt told;
  private final Map<String, LabelTable> byPart = new LinkedHashMap<>();
  private final Map<Long, Integer> indices = new HashMap<>();
  private final List<Long> numbers = new ArrayList<>();
  private final Map<Long, String> texts = new TreeMap<>();
  private final Map<Long, String> synsets = new TreeMap<>();
  private boolean named;

  RecordClasses(OptionalInt told) {
    this.told = told;
  }

  /** Adds a picture of a part. */
  void add(String part, RecordExample example, String place) throws DataException {
    if (example.encoded().isEmpty()) {
      throw missing(RecordExample.ENCODED, place);
    }
    if (example.labels().isEmpty()) {
      throw missing(RecordExample.LABEL, place);
    }
    int[] of = new int[example.labels().size()];
    for (int i = 0; i < of.length; i++) {
      long number = example.labels().get(i);
      of[i] =
          indices.computeIfAbsent(
              number,
              n -> {
                numbers.add(n);
                return numbers.size() - 1;
              });
      call(texts, number, example.texts(), i, of.length, place);
      call(synsets, number, example.synsets(), i, of.length, place);
    }
    byPart.computeIfAbsent(part, p -> new LabelTable()).add(of);
  }

  private void call(
      Map<Long, String> names, long number, List<String> given, int i, int count, String place)
      throws DataException {
    String name = given.size() == count ? given.get(i) : NO_NAME;
    named |= !name.isEmpty();
    String before = names.putIfAbsent(number, name);
    if (before != null && !before.equals(name)) {
      throw RecordFiles.problem(
          "label " + number + " to be called '" + before + "', as before",
          "'" + name + "'",
          place,
          "write the records anew, with one name for each number");
    }
  }

  private static DataException missing(String key, String place) {
    return RecordFiles.problem(
        "a picture with the key " + key,
        "none",
        place,
        "write the records with Inception's keys: image/encoded and image/class/label");
  }

  /** All pictures are in: the classes in their order. */
  List<String> finish(String where, Notes notes) throws DataException {
    if (numbers.size() < 2) {
      throw RecordFiles.problem(
          "pictures of at least two classes",
          numbers.isEmpty() ? "no picture" : "one class",
          where,
          "there is nothing to tell apart; add pictures of another class");
    }
    Map<Long, String> names = names(notes);
    List<String> sorted = new ArrayList<>(names.values());
    sorted.sort(CodePoints::compare);
    Map<String, Integer> index = new HashMap<>();
    sorted.forEach(n -> index.put(n, index.size()));
    int[] to = numbers.stream().mapToInt(n -> index.get(names.get(n))).toArray();
    byPart.replaceAll((part, labels) -> labels.mapped(to));
    ClassOrder.check(sorted, notes);
    return sorted;
  }

  private Map<Long, String> names(Notes notes) {
    if (usable(texts)) {
      return texts;
    }
    if (usable(synsets)) {
      notes.say("classes are called by their WordNet ids: their names are not different");
      return synsets;
    }
    long least = numbers.stream().mapToLong(Long::longValue).min().orElseThrow();
    long offset = told.isPresent() ? told.getAsInt() : named || least == 1 ? Math.min(least, 1) : 0;
    if (offset != 0) {
      notes.say("labels count from " + offset + ": class 0 is label " + offset);
    }
    Map<Long, String> byNumber = new TreeMap<>();
    numbers.forEach(n -> byNumber.put(n, String.valueOf(n - offset)));
    return byNumber;
  }

  private static boolean usable(Map<Long, String> names) {
    return !names.containsValue(NO_NAME)
        && names.values().stream().allMatch(n -> n.lines().count() == 1)
        && new HashSet<>(names.values()).size() == names.size();
  }

  LabelTable labels(String part) {
    return byPart.getOrDefault(part, new LabelTable());
  }
}
