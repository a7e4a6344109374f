package io.github.tfbit.cli.catalogue;

import io.github.tfbit.cli.console.Console;
import io.github.tfbit.cli.console.Table;
import io.github.tfbit.cli.console.Text;
import io.github.tfbit.converters.catalogue.Catalogue;
import io.github.tfbit.converters.catalogue.Entry;
import io.github.tfbit.converters.catalogue.Family;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Entries as lines for a terminal.
 *
 * @param catalogue they are from
 * @param cached what needs no download
 */
public record Listing(Catalogue catalogue, Cached cached) {
  /** Lines that the names of a family may take in the overview. */
  private static final int NAME_LINES = 2;

  private static final String INDENT = "  ";

  /**
   * The overview: a few lines for each family.
   *
   * @return lines of at most 80 columns
   */
  public List<String> overview() {
    List<String> lines = new ArrayList<>();
    for (Family family : catalogue.families()) {
      List<Entry> entries = catalogue.entries(family);
      lines.add(family.id() + ": " + family.title());
      lines.add(INDENT + Words.summary(entries));
      lines.addAll(names(entries));
    }
    lines.add("");
    lines.addAll(legend(catalogue.entries(), "tfbit models FAMILY lists a family, "));
    return lines;
  }

  /** All names, or the first and the last if they are too many. */
  private List<String> names(List<Entry> entries) {
    List<String> all =
        indented(entries.stream().map(this::marked).collect(Collectors.joining("  ")));
    if (all.size() <= NAME_LINES) {
      return all;
    }
    Entry last = entries.get(entries.size() - 1);
    long here = entries.stream().filter(cached::has).count();
    String count = " (" + entries.size() + (here == 0 ? ")" : ", " + here + " here)");
    return indented(marked(entries.get(0)) + " ... " + marked(last) + count);
  }

  private String marked(Entry entry) {
    return entry.name() + (entry.defects().isEmpty() ? "" : "!") + (cached.has(entry) ? "*" : "");
  }

  /**
   * One line for each entry, family by family.
   *
   * @param entries of one or more families, in the catalogue's order
   * @return lines of at most 80 columns
   */
  public List<String> table(List<Entry> entries) {
    List<String> lines = new ArrayList<>();
    for (Family family : catalogue.families()) {
      List<Entry> some = entries.stream().filter(e -> e.family().equals(family)).toList();
      if (some.isEmpty()) {
        continue;
      }
      lines.add(family.id() + ": " + family.title());
      lines.add(INDENT + Words.summary(some));
      Table table = new Table();
      some.forEach(e -> table.row(marked(e), Words.classes(e), Words.size(e.size())));
      table.lines().forEach(l -> lines.add(INDENT + l));
      family.notes().forEach(n -> lines.addAll(indented(n)));
      lines.add("");
    }
    lines.addAll(legend(entries, ""));
    return lines;
  }

  private List<String> legend(List<Entry> entries, String first) {
    String text = first + "tfbit models NAME says all of a model.";
    if (entries.stream().anyMatch(e -> !e.defects().isEmpty())) {
      text += " ! marks known defects.";
    }
    if (entries.stream().anyMatch(cached::has)) {
      text += " * marks what needs no download.";
    }
    String count = Text.count(entries.size(), "model", "models");
    return Text.wrap(count + " as of " + catalogue.dated() + ". " + text, Console.COLUMNS);
  }

  private static List<String> indented(String text) {
    return Text.wrap(text, Console.COLUMNS - INDENT.length()).stream()
        .map(l -> INDENT + l.strip())
        .toList();
  }
}
