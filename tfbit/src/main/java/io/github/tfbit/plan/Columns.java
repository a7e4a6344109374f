package io.github.tfbit.plan;

import java.util.ArrayList;
import java.util.List;

/** Text laid out for a terminal of 80 columns. */
public final class Columns {
  /** Columns of a terminal as it is without being asked. */
  public static final int WIDTH = 80;

  private static final int LABEL = 11;

  private Columns() {}

  /**
   * Breaks text between words.
   *
   * @param text words and line breaks
   * @param width columns; a longer word, such as a path, stays whole
   * @return the lines
   */
  public static List<String> wrap(String text, int width) {
    List<String> lines = new ArrayList<>();
    for (String paragraph : text.split("\n", -1)) {
      StringBuilder line = new StringBuilder();
      for (String word : paragraph.split(" ", -1)) {
        if (line.length() > 0 && line.length() + 1 + word.length() > width) {
          lines.add(line.toString());
          line.setLength(0);
        }
        line.append(line.length() > 0 ? " " : "").append(word);
      }
      lines.add(line.toString());
    }
    return lines;
  }

  /**
   * A label and what it stands for, over as many lines as that needs.
   *
   * @param label a word
   * @param text what it stands for
   * @return lines of at most {@value #WIDTH} columns, longer words aside
   */
  public static List<String> row(String label, String text) {
    List<String> lines = new ArrayList<>();
    String left = label;
    for (String line : wrap(text, WIDTH - LABEL)) {
      lines.add(pad(left, LABEL) + line);
      left = "";
    }
    return lines;
  }

  /**
   * Text and blanks.
   *
   * @param text what stands first
   * @param width columns to fill
   * @return at least that wide
   */
  public static String pad(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }
}
