package io.github.tfbit.survey;

import io.github.tfbit.data.ImageDataset;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.function.LongConsumer;

/**
 * What is in a data set by the headers of its pictures, none of which is decoded.
 *
 * @param classes in the order that labels count in
 * @param splits its parts by name, in the order given
 */
public record DataSurvey(List<String> classes, Map<String, SplitSurvey> splits) {
  /** Copies what it is given. */
  public DataSurvey {
    classes = List.copyOf(classes);
    splits = Collections.unmodifiableMap(new LinkedHashMap<>(splits));
  }

  /**
   * Reads the headers. Memory does not grow with the number of pictures.
   *
   * @param splits parts by name, all of one class list; they stay open and unchanged
   * @param threads to read with, at least 1
   * @param progress told now and then how many more pictures were read; may throw to end it
   * @return the survey
   * @throws IOException if a picture or its labels cannot be fetched
   */
  public static DataSurvey of(Map<String, ImageDataset> splits, int threads, LongConsumer progress)
      throws IOException {
    Map<String, SplitSurvey> surveys = new LinkedHashMap<>();
    List<String> classes = List.of();
    for (Map.Entry<String, ImageDataset> split : splits.entrySet()) {
      classes = split.getValue().classes();
      surveys.put(split.getKey(), new HeaderReader(split.getValue()).read(threads, progress));
    }
    return new DataSurvey(classes, surveys);
  }

  /**
   * Classes of one part that another does not have.
   *
   * @param in a part's name
   * @param notIn another's
   * @return names in the order of the classes; empty if either part is not there
   */
  public List<String> missing(String in, String notIn) {
    Optional<SplitSurvey> has = Optional.ofNullable(splits.get(in));
    Optional<SplitSurvey> lacks = Optional.ofNullable(splits.get(notIn));
    TreeSet<Integer> found = new TreeSet<>();
    if (has.isPresent() && lacks.isPresent()) {
      for (int c = 0; c < classes.size(); c++) {
        if (has.get().perClass().get(c) > 0 && lacks.get().perClass().get(c) == 0) {
          found.add(c);
        }
      }
    }
    return found.stream().map(classes::get).toList();
  }

  /**
   * How uneven the classes of a part are.
   *
   * @param split its name
   * @return pictures of the largest class over those of the smallest that has any; empty if there
   *     are none
   */
  public OptionalDouble imbalance(String split) {
    List<Integer> counts =
        splits.get(split).perClass().stream().filter(n -> n > 0).sorted().toList();
    return counts.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(counts.get(counts.size() - 1) / (double) counts.get(0));
  }
}
