package io.github.tfbit.converters.labels;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A resource of one class a line, UTF-8: its name, or its WordNet id, a tab and its words.
 *
 * @param ids empty for data sets without
 * @param names all different
 */
record LabelFile(List<String> ids, List<String> names) {
  private static final Map<LabelSet, LabelFile> READ = new ConcurrentHashMap<>();

  LabelFile {
    ids = List.copyOf(ids);
    names = List.copyOf(names);
  }

  /** Reads the resource of a set, once. */
  static LabelFile of(LabelSet set) {
    return READ.computeIfAbsent(set, LabelFile::read);
  }

  private static LabelFile read(LabelSet set) {
    String resource = set.name().toLowerCase(Locale.ROOT) + ".tsv";
    List<String> lines = new ArrayList<>(set.size());
    try (InputStream in = LabelFile.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the resource " + resource + " is missing");
      }
      new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
          .lines()
          .forEach(lines::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (lines.size() != set.size()) {
      throw new IllegalStateException(
          "expected " + set.size() + " classes in " + resource + ", found " + lines.size());
    }
    return set.hasIds() ? withIds(lines) : new LabelFile(List.of(), lines);
  }

  private static LabelFile withIds(List<String> lines) {
    List<String> ids = new ArrayList<>(lines.size());
    List<String> words = new ArrayList<>(lines.size());
    Map<String, Integer> uses = new HashMap<>();
    for (String line : lines) {
      int tab = line.indexOf('\t');
      ids.add(line.substring(0, tab));
      words.add(line.substring(tab + 1));
      uses.merge(line.substring(tab + 1), 1, Integer::sum);
    }
    List<String> names = new ArrayList<>(lines.size());
    for (int i = 0; i < lines.size(); i++) {
      String word = words.get(i);
      names.add(uses.get(word) == 1 ? word : word + " (" + ids.get(i) + ")");
    }
    return new LabelFile(ids, names);
  }
}
