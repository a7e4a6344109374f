package io.github.tfbit;

import io.github.tfbit.checkpoints.CheckpointException;
import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.converters.Head;
import io.github.tfbit.converters.HeadFacts;
import io.github.tfbit.converters.ModelFile;
import io.github.tfbit.converters.labels.LabelSet;
import io.github.tfbit.data.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What the classes of a head are called.
 *
 * @param names in the head's order
 * @param knowledge how far they are to be believed
 * @param wordNetIds such as {@code n01440764}, one per class; empty where classes have none
 */
public record Labels(List<String> names, Knowledge knowledge, List<String> wordNetIds) {
  /** How far names are to be believed. */
  public enum Knowledge {
    /** They came with the model, or were told. */
    KNOWN,
    /** They are those of the published head with as many classes, and nothing says more. */
    ASSUMED,
    /** Nobody knows names; decimal indices stand in for them. */
    UNKNOWN
  }

  /** Copies the names and refuses what a file of lines cannot hold. */
  public Labels {
    names = List.copyOf(names);
    wordNetIds = List.copyOf(wordNetIds);
    if (!wordNetIds.isEmpty() && wordNetIds.size() != names.size()) {
      throw new IllegalArgumentException(
          "expected a WordNet id for each of "
              + (names.size() + " classes, found " + wordNetIds.size()));
    }
    for (String n : names) {
      if (n.isEmpty() || n.lines().count() != 1 || n.endsWith("\n") || n.endsWith("\r")) {
        throw new IllegalArgumentException(
            "expected class names of one line, found \"" + n.replace("\n", "\\n") + "\"");
      }
    }
  }

  /**
   * Known names.
   *
   * @param names in the head's order
   * @return labels of that many classes
   */
  public static Labels of(List<String> names) {
    return new Labels(names, Knowledge.KNOWN, List.of());
  }

  /**
   * What a file of weights says of its classes.
   *
   * @param file stays open
   * @return the names that it carries, else {@link #assumed}; none without a head
   * @throws CheckpointException.Corrupt if its names are none that a file of lines can hold
   */
  public static Labels of(ModelFile file) throws CheckpointException {
    int classes = file.published().head().map(Head::classes).orElse(0);
    HeadFacts facts = file.facts();
    try {
      return facts
          .labels()
          .map(
              names ->
                  new Labels(
                      names,
                      facts.assumed() ? Knowledge.ASSUMED : Knowledge.KNOWN,
                      facts.wordNetIds()))
          .orElseGet(() -> assumed(classes));
    } catch (IllegalArgumentException e) {
      throw new CheckpointException.Corrupt(
          new Problem(
              "class names of one line each",
              String.valueOf(e.getMessage()),
              file.path() + ": the names of its classes",
              "correct the names in the file beside the weights"),
          e);
    }
  }

  /**
   * The names of a published data set, known to be the model's.
   *
   * @param set whose classes the head has
   * @return its names, and WordNet ids where it has them
   */
  public static Labels of(LabelSet set) {
    return new Labels(set.names(), Knowledge.KNOWN, set.wordNetIds());
  }

  /**
   * The best guess where nothing is known but the number of classes: published heads of 21,843
   * classes are ImageNet-21k's, of 1,000 classes ILSVRC-2012's.
   *
   * @param classes how many
   * @return those names, as {@link Knowledge#ASSUMED}, or stand-ins
   */
  public static Labels assumed(int classes) {
    return LabelSet.assumed(classes)
        .map(set -> new Labels(set.names(), Knowledge.ASSUMED, set.wordNetIds()))
        .orElseGet(() -> indices(classes));
  }

  /**
   * Stand-ins for names that nobody knows.
   *
   * @param classes how many
   * @return {@code 0}, {@code 1} and so on
   */
  public static Labels indices(int classes) {
    return new Labels(
        IntStream.range(0, classes).mapToObj(String::valueOf).toList(),
        Knowledge.UNKNOWN,
        List.of());
  }

  /**
   * Reads a file of one name a line, UTF-8.
   *
   * @param file such as a RUN's {@code labels.txt}
   * @return its names
   * @throws DataException if a line is empty or the file is
   * @throws IOException if it cannot be read
   */
  public static Labels read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    int empty = lines.indexOf("");
    if (lines.isEmpty() || empty >= 0) {
      throw new DataException(
          new Problem(
              "a class name on every line",
              lines.isEmpty() ? "an empty file" : "nothing",
              file + (lines.isEmpty() ? "" : ", line " + (empty + 1)),
              "write one name a line, in the order of the head's classes"));
    }
    return of(lines);
  }

  /**
   * Whether these are names, known or assumed, and no indices.
   *
   * @return false where nobody knows names
   */
  public boolean named() {
    return knowledge != Knowledge.UNKNOWN;
  }

  /**
   * The WordNet id of one class.
   *
   * @param index from 0
   * @return empty where classes have none
   */
  public Optional<String> wordNetId(int index) {
    return wordNetIds.isEmpty() ? Optional.empty() : Optional.of(wordNetIds.get(index));
  }

  /**
   * The order to bring other class names into, so that they are this head's classes.
   *
   * @param classes of a data set: some of the names, or some of the WordNet ids
   * @return the names or the ids, whichever the classes are among; the classes as they are where
   *     names are not certain and there are as many of them; else empty
   */
  public Optional<List<String>> orderFor(List<String> classes) {
    if (named() && Set.copyOf(names).containsAll(classes)) {
      return Optional.of(names);
    } else if (named() && Set.copyOf(wordNetIds).containsAll(classes)) {
      return Optional.of(wordNetIds);
    }
    boolean inOrder = knowledge != Knowledge.KNOWN && classes.size() == names.size();
    return inOrder ? Optional.of(classes) : Optional.empty();
  }

  /**
   * How many there are.
   *
   * @return classes
   */
  public int size() {
    return names.size();
  }

  /**
   * The name of one class.
   *
   * @param index from 0
   * @return its name
   */
  public String name(int index) {
    return names.get(index);
  }
}
