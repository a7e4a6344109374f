package io.github.tfbit;

import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.data.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the classes of a head are called.
 *
 * @param names in the head's order
 * @param known whether they are names; otherwise they are the decimal indices
 */
public record Labels(List<String> names, boolean known) {
  /** Copies the names and refuses what a file of lines cannot hold. */
  public Labels {
    names = List.copyOf(names);
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
    return new Labels(names, true);
  }

  /**
   * Stand-ins for names that nobody knows.
   *
   * @param classes how many
   * @return {@code 0}, {@code 1} and so on
   */
  public static Labels indices(int classes) {
    return new Labels(IntStream.range(0, classes).mapToObj(String::valueOf).toList(), false);
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
