package io.github.tfbit.cli.catalogue;

import io.github.tfbit.cli.console.Console;
import io.github.tfbit.cli.console.Text;
import io.github.tfbit.converters.Head;
import io.github.tfbit.converters.InputRange;
import io.github.tfbit.converters.catalogue.Artefact;
import io.github.tfbit.converters.catalogue.Entry;
import io.github.tfbit.converters.catalogue.Evaluation;
import io.github.tfbit.converters.catalogue.FileSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** All that the catalogue knows of one entry, as lines for a terminal. */
public final class Details {
  private static final int LABEL = 14;

  private final List<String> lines = new ArrayList<>();

  private Details() {}

  /**
   * Says all of an entry.
   *
   * @param entry to describe
   * @param cached what needs no download
   * @return lines of at most 80 columns, but for addresses
   */
  public static List<String> of(Entry entry, Cached cached) {
    Details details = new Details();
    details.lines.add(entry.name());
    entry.defects().forEach(d -> details.add("defect", d));
    details.add("family", entry.family().title());
    details.add("form", entry.layout().title());
    details.add("architecture", entry.architecture().name());
    details.add("head", entry.head().map(h -> head(entry, h)).orElse("none: a feature vector"));
    details.add("input", entry.inputRange().map(Details::range).orElse("not published"));
    entry.evaluations().forEach(e -> details.add("evaluated", evaluation(e)));
    entry
        .fineTunedAt()
        .ifPresent(side -> details.add("trained at", side + " px; the default of --size"));
    entry.artefacts().stream().map(Artefact::uri).forEach(u -> details.add("file", u.toString()));
    details.add("size", entry.shipped() ? "shipped with tfbit" : size(entry.size()));
    details.add("in the cache", cached.has(entry) ? "yes" : "no");
    details.add("licence", entry.licence());
    details.add("source", entry.source());
    entry.fingerprints().ifPresent(f -> details.add("checksums", "those of " + f + " are known"));
    entry.aliases().forEach(a -> details.add("also", a));
    entry.family().notes().forEach(n -> details.add("note", n));
    return details.lines;
  }

  private static String head(Entry entry, Head head) {
    return Text.of("%,d classes, %s", head.classes(), Words.activation(head))
        + entry.labels().map(l -> ", named: " + l.title()).orElse(", names not published");
  }

  private static String range(InputRange range) {
    return Text.of("[%.0f, %.0f] (%s)", range.low(), range.high(), range.source());
  }

  private static String evaluation(Evaluation e) {
    String resize =
        e.form() == Evaluation.Form.SQUARE
            ? Text.of("%d x %d, squeezed", e.resize(), e.resize())
            : Text.of("shorter side %d, centre %d x %d", e.resize(), e.crop(), e.crop());
    String how = e.interpolation().name().toLowerCase(Locale.ROOT);
    return resize + ", " + how + " (" + e.source() + ")";
  }

  private static String size(FileSize size) {
    return switch (size.certainty()) {
      case EXACT -> Text.of("%,d bytes", size.bytes());
      case PREDICTED -> Text.of("%,d bytes, computed from its shapes", size.bytes());
      case UNKNOWN -> "not published";
    };
  }

  private void add(String label, String text) {
    String indent = " ".repeat(LABEL + 2);
    List<String> wrapped = Text.wrap(text, Console.COLUMNS - indent.length());
    for (int i = 0; i < wrapped.size(); i++) {
      String start = i == 0 ? "  " + label + " ".repeat(LABEL - label.length()) : indent;
      lines.add(start + wrapped.get(i));
    }
  }
}
