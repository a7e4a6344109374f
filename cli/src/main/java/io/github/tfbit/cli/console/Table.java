package io.github.tfbit.cli.console;

import java.util.ArrayList;
import java.util.List;

/** Rows in aligned columns. */
public final class Table {
  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();
  private final Alignment others;

  /** Where the columns after the first, which is to the left, are aligned. */
  public enum Alignment {
    /** For words. */
    LEFT,
    /** For numbers. */
    RIGHT
  }

  /** A table of numbers with a name each. */
  public Table() {
    this(Alignment.RIGHT);
  }

  /**
   * A table.
   *
   * @param others where the columns after the first are aligned
   */
  public Table(Alignment others) {
    this.others = others;
  }

  /**
   * Adds a row.
   *
   * @param cells as many as every other row has
   * @return this table
   */
  public Table row(String... cells) {
    if (!rows.isEmpty() && rows.get(0).size() != cells.length) {
      throw new IllegalArgumentException(
          "expected " + rows.get(0).size() + " cells, found " + cells.length);
    }
    rows.add(List.of(cells));
    return this;
  }

  /**
   * Lays the rows out.
   *
   * @return one line a row
   */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int c = 0; c < row.size(); c++) {
        String cell = row.get(c);
        String space = " ".repeat(width(c) - cell.length());
        boolean left = c == 0 || others == Alignment.LEFT;
        line.append(c == 0 ? "" : GAP).append(left ? cell + space : space + cell);
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  private int width(int column) {
    return rows.stream().mapToInt(r -> r.get(column).length()).max().orElse(0);
  }
}
