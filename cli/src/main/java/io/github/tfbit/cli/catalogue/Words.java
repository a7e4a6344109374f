package io.github.tfbit.cli.catalogue;

import io.github.tfbit.cli.console.Text;
import io.github.tfbit.converters.Head;
import io.github.tfbit.converters.catalogue.Entry;
import io.github.tfbit.converters.catalogue.FileSize;
import java.util.List;
import java.util.Locale;

/** What entries are, in words. */
final class Words {
  private Words() {}

  /** Such as {@code 273.1 MB}; empty for a size that nobody knows. */
  static String size(FileSize size) {
    return size.certainty() == FileSize.Certainty.UNKNOWN ? "" : Text.bytes(size.bytes());
  }

  /** Such as {@code 21,843}; a dash for a feature vector. */
  static String classes(Entry entry) {
    return entry.head().map(h -> Text.of("%,d", h.classes())).orElse("-");
  }

  /** The form, classes and sizes that some entries have in common or between them. */
  static String summary(List<Entry> entries) {
    String form = entries.get(0).layout().title();
    String head = heads(entries);
    String sizes = sizes(entries);
    return form + "; " + head + (sizes.isEmpty() ? "" : "; " + sizes);
  }

  private static String heads(List<Entry> entries) {
    if (entries.stream().anyMatch(e -> e.head().isEmpty())) {
      return "feature vectors";
    }
    List<Integer> classes =
        entries.stream().map(e -> e.head().orElseThrow().classes()).sorted().distinct().toList();
    int last = classes.get(classes.size() - 1);
    String count =
        classes.size() == 1
            ? Text.of("%,d classes", last)
            : Text.of("%,d to %,d classes", classes.get(0), last);
    return count + ", " + activation(entries.get(0).head().orElseThrow());
  }

  /** Such as {@code softmax}. */
  static String activation(Head head) {
    return head.activation().name().toLowerCase(Locale.ROOT);
  }

  private static String sizes(List<Entry> entries) {
    List<FileSize> known =
        entries.stream()
            .map(Entry::size)
            .filter(s -> s.certainty() != FileSize.Certainty.UNKNOWN)
            .sorted((a, b) -> Long.compare(a.bytes(), b.bytes()))
            .toList();
    if (known.isEmpty()) {
      return "";
    }
    String least = size(known.get(0));
    String most = size(known.get(known.size() - 1));
    return least.equals(most) ? least : least + " to " + most;
  }
}
