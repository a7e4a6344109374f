package io.github.tfbit.data;

import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Labelled pictures as they lie on disk, opened.
 *
 * @param name as the user gave it
 * @param splits name to pictures, all with one class list: {@code train} first and those that are
 *     held out behind it, or only {@link #ALL}
 * @param notes what deserves to be said about it, one sentence each
 */
public record DataSource(String name, Map<String, ImageDataset> splits, List<String> notes) {
  /** The one part of data that is not split. */
  public static final String ALL = "all";

  /** The part to learn from. */
  public static final String TRAIN = "train";

  /** Names of the part that is held out, the first that is there counting. */
  static final List<String> HELD_OUT = List.of("test", "val", "validation", "valid");

  /** What people call the parts. */
  private static final Map<String, String> SYNONYMS =
      Map.ofEntries(
          Map.entry("train", TRAIN),
          Map.entry("training", TRAIN),
          Map.entry("test", "test"),
          Map.entry("testing", "test"),
          Map.entry("eval", "test"),
          Map.entry("evaluation", "test"),
          Map.entry("val", "validation"),
          Map.entry("valid", "validation"),
          Map.entry("validation", "validation"),
          Map.entry("dev", "validation"));

  /** Copies splits and notes. */
  public DataSource {
    Objects.requireNonNull(name, "name");
    splits = Collections.unmodifiableMap(new LinkedHashMap<>(splits));
    notes = List.copyOf(notes);
  }

  /** The name of a part by what people call it, lower case; null for none. */
  static String canonical(String split) {
    return SYNONYMS.get(split);
  }

  /** What people call parts. */
  static Set<String> names() {
    return SYNONYMS.keySet();
  }

  /**
   * Whether it is cut into parts.
   *
   * @return false if a share has to be held out
   */
  public boolean isSplit() {
    return !splits.containsKey(ALL);
  }

  /**
   * What to learn from and what to judge by.
   *
   * @param share to hold out if it is not split, from 0 (nothing) to below 1
   * @param seed decides which pictures are held out
   * @return both; of several held-out parts the first of test, val, validation, valid
   * @throws IOException if labels cannot be had
   */
  public ImageDatasets.Split split(double share, long seed) throws IOException {
    if (!isSplit()) {
      return ImageDatasets.holdOut(splits.get(ALL), share, seed);
    }
    ImageDataset train = splits.get(TRAIN);
    for (String name : HELD_OUT) {
      if (splits.containsKey(name)) {
        return new ImageDatasets.Split(train, splits.get(name));
      }
    }
    return new ImageDatasets.Split(train, ImageDatasets.subset(train, new int[0]));
  }
}
