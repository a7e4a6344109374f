package io.github.tfbit.converters.catalogue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.tfbit.converters.fingerprints.Fingerprints;
import io.github.tfbit.converters.labels.LabelSet;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Every published artefact, as a dated data file lists them. Immutable, and checked as a whole when
 * it is read: names are unique, addresses and paths well formed, architectures and classes fit.
 */
public final class Catalogue {
  private static final String RESOURCE = "/io/github/tfbit/converters/catalogue.json";

  private final LocalDate dated;
  private final List<Family> families;
  private final List<Entry> entries;
  private final List<LabelFile> labelFiles;
  private final Map<String, Entry> byName;

  private Catalogue(JsonObject json) {
    dated = LocalDate.parse(json.get("dated").getAsString());
    Template template = new Template(json.getAsJsonObject("define"));
    List<Family> allFamilies = new ArrayList<>();
    List<Entry> allEntries = new ArrayList<>();
    for (JsonElement e : json.getAsJsonArray("families")) {
      JsonObject family = e.getAsJsonObject();
      Family read = family(family);
      allFamilies.add(read);
      template.expand(family).forEach(entry -> allEntries.add(EntryReader.read(entry, read)));
    }
    families = List.copyOf(allFamilies);
    entries = List.copyOf(allEntries);
    labelFiles = labelFiles(json.getAsJsonArray("label_files"));
    byName = index(entries);
    requireDistinctPaths(entries);
    requireKnownFingerprints(entries);
  }

  private static final class Published {
    private static final Catalogue INSTANCE = read();
  }

  /**
   * The catalogue that comes with this version.
   *
   * @return read once
   */
  public static Catalogue published() {
    return Published.INSTANCE;
  }

  private static Catalogue read() {
    try (InputStream in = Catalogue.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("the resource " + RESOURCE + " is missing");
      }
      return parse(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads a data file and checks it. */
  static Catalogue parse(Reader json) {
    return new Catalogue(JsonParser.parseReader(json).getAsJsonObject());
  }

  private static Family family(JsonObject family) {
    List<String> notes = new ArrayList<>();
    JsonArray array = family.has("notes") ? family.getAsJsonArray("notes") : new JsonArray();
    array.forEach(n -> notes.add(n.getAsString()));
    return new Family(family.get("id").getAsString(), family.get("title").getAsString(), notes);
  }

  private static List<LabelFile> labelFiles(JsonArray array) {
    List<LabelFile> all = new ArrayList<>();
    for (JsonElement e : array) {
      JsonObject file = e.getAsJsonObject();
      all.add(
          new LabelFile(
              EntryReader.artefact(file, null, 0),
              LabelSet.valueOf(file.get("labels").getAsString()),
              LabelFile.Content.valueOf(file.get("content").getAsString())));
    }
    return List.copyOf(all);
  }

  private static Map<String, Entry> index(List<Entry> entries) {
    Map<String, Entry> index = new LinkedHashMap<>();
    for (Entry entry : entries) {
      List<String> names = new ArrayList<>(entry.aliases());
      names.add(entry.name());
      for (String name : names) {
        Entry other = index.put(key(name), entry);
        if (other != null) {
          throw new IllegalStateException(
              "catalogue.json: expected unique names, found "
                  + (name + " for " + entry + " and for " + other));
        }
      }
    }
    return index;
  }

  private static void requireDistinctPaths(List<Entry> entries) {
    Map<String, Entry> paths = new LinkedHashMap<>();
    for (Entry entry : entries) {
      for (Artefact file : entry.artefacts()) {
        Entry other = paths.put(key(file.path()), entry);
        if (other != null) {
          throw new IllegalStateException(
              "catalogue.json: expected a path for each file, found "
                  + (file.path() + " for " + entry + " and for " + other));
        }
      }
    }
  }

  private static void requireKnownFingerprints(List<Entry> entries) {
    for (Entry entry : entries) {
      entry
          .fingerprints()
          .filter(f -> !Fingerprints.known().contains(f))
          .ifPresent(
              f -> {
                throw new IllegalStateException(
                    "catalogue.json, " + entry + ": no fingerprints are called " + f);
              });
    }
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /**
   * When the data file was last compared with its sources.
   *
   * @return a day
   */
  public LocalDate dated() {
    return dated;
  }

  /**
   * What belongs together.
   *
   * @return in the order of {@link #entries}
   */
  public List<Family> families() {
    return families;
  }

  /**
   * Everything.
   *
   * @return family by family
   */
  public List<Entry> entries() {
    return entries;
  }

  /**
   * The entries of one family.
   *
   * @param family one of {@link #families}
   * @return at least one
   */
  public List<Entry> entries(Family family) {
    return entries.stream().filter(e -> e.family().equals(family)).toList();
  }

  /**
   * The published lists of class names.
   *
   * @return files of one line a class
   */
  public List<LabelFile> labelFiles() {
    return labelFiles;
  }

  /**
   * Finds an entry by its name or one of its aliases, in any case.
   *
   * @param name as a user types it
   * @return empty if there is none; {@link #suggestions} then helps
   */
  public Optional<Entry> find(String name) {
    return Optional.ofNullable(byName.get(key(name)));
  }

  /**
   * Names that somebody who typed another may have meant.
   *
   * @param name that {@link #find} does not find
   * @return at most five, the likeliest first; empty if none is similar
   */
  public List<String> suggestions(String name) {
    return Suggestions.of(name, entries);
  }
}
