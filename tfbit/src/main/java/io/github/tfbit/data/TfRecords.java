package io.github.tfbit.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * TFRecord files with the keys of Inception's ImageNet records, whose labels count from 1. Plain
 * files are read where they lie; GZIP and ZLIB ones are unpacked first.
 */
final class TfRecords {
  private static final Pattern WORD = Pattern.compile("[a-z]+");

  private TfRecords() {}

  /** Opens what a name or a pattern means. */
  static DataSource open(String name, OptionalInt labelOffset) throws IOException {
    Notes notes = new Notes();
    Map<String, List<Path>> files = new LinkedHashMap<>();
    for (Path file : RecordFiles.matching(name)) {
      files.computeIfAbsent(split(file), s -> new ArrayList<>()).add(file);
    }
    if (files.size() == 1 || !files.containsKey(DataSource.TRAIN)) {
      List<Path> all = new ArrayList<>();
      files.values().forEach(all::addAll);
      files = Map.of(DataSource.ALL, all);
    } else if (files.containsKey("")) {
      throw RecordFiles.problem(
          "train, validation or test in the name of every file",
          files.get("").get(0).getFileName() + " among those that have it",
          name,
          "give a narrower pattern");
    }
    RecordClasses classes = new RecordClasses(labelOffset);
    Map<String, List<RecordShard>> shards = new LinkedHashMap<>();
    for (Map.Entry<String, List<Path>> part : inOrder(files).entrySet()) {
      List<RecordShard> opened = RecordFiles.open(part.getValue(), notes);
      shards.put(part.getKey(), opened);
      for (RecordShard s : opened) {
        for (int i = 0; i < s.size(); i++) {
          String place = s.place(i);
          classes.add(part.getKey(), RecordExample.parse(s.unchecked(i), place), place);
        }
      }
    }
    List<String> names = classes.finish(name, notes);
    Map<String, ImageDataset> splits = new LinkedHashMap<>();
    shards.forEach(
        (split, opened) ->
            splits.put(split, new RecordDataset(names, opened, classes.labels(split))));
    return new DataSource(name, splits, notes.list());
  }

  private static Map<String, List<Path>> inOrder(Map<String, List<Path>> files) {
    Map<String, List<Path>> ordered = new LinkedHashMap<>();
    if (files.containsKey(DataSource.TRAIN)) {
      ordered.put(DataSource.TRAIN, files.get(DataSource.TRAIN));
    }
    files.forEach(ordered::putIfAbsent);
    return ordered;
  }

  /** The part that a file's name speaks of; empty if it speaks of none. */
  private static String split(Path file) {
    Matcher words = WORD.matcher(file.getFileName().toString().toLowerCase(Locale.ROOT));
    while (words.find()) {
      String name = DataSource.canonical(words.group());
      if (name != null) {
        return name;
      }
    }
    return "";
  }
}
