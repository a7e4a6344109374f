package io.github.tfbit.cli.command;

import io.github.tfbit.cli.console.Text;
import io.github.tfbit.survey.CheckResult;
import io.github.tfbit.survey.DataSurvey;
import io.github.tfbit.survey.Finding;
import io.github.tfbit.survey.SamePicture;
import io.github.tfbit.survey.SizeRange;
import io.github.tfbit.survey.SplitSurvey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a survey and a check found, in lines for people. */
final class SurveyText {
  private static final int NAMED = 10;

  /** From which largest over smallest class on classes are called uneven. */
  private static final double UNEVEN = 10;

  private static final Map<Finding, String> WORDS =
      Map.of(
          Finding.TURNED, "to be turned by EXIF, which is ignored without --exif",
          Finding.TRANSPARENT, "with alpha, which is dropped without --background",
          Finding.ANIMATED, "animated: the first frame counts",
          Finding.CMYK, "CMYK",
          Finding.GREY, "grey",
          Finding.SIXTEEN_BITS, "of 16 bits: the upper 8 count",
          Finding.UNREADABLE, "without a size in the header",
          Finding.TINY, "with a side below " + SplitSurvey.TINY + " pixels",
          Finding.HUGE, "with a side above 8,000 pixels");

  private SurveyText() {}

  /** A few lines for each part, then what deserves a second look. */
  static List<String> lines(DataSurvey survey) {
    List<String> lines = new ArrayList<>();
    survey.splits().forEach((name, split) -> lines.addAll(of(name, split)));
    for (String split : survey.splits().keySet()) {
      survey.imbalance(split).stream()
          .filter(r -> r >= UNEVEN)
          .forEach(
              r ->
                  lines.add(
                      Text.of(
                          "note: the largest class of %s has %.0f times the pictures of the"
                              + " smallest",
                          split, r)));
    }
    List<String> names = List.copyOf(survey.splits().keySet());
    for (String a : names) {
      for (String b : names) {
        List<String> missing = survey.missing(a, b);
        if (!missing.isEmpty()) {
          lines.add("note: in " + a + " but not in " + b + ": " + first(missing));
        }
      }
    }
    return lines;
  }

  private static List<String> of(String name, SplitSurvey s) {
    List<String> lines = new ArrayList<>();
    String kinds =
        s.kinds().entrySet().stream()
            .map(e -> Text.of("%,d %s", e.getValue(), e.getKey()))
            .collect(Collectors.joining(", "));
    List<Integer> counts = s.perClass().stream().filter(n -> n > 0).sorted().toList();
    String per =
        counts.isEmpty()
            ? ""
            : Text.of(
                " of %s (%,d to %,d each)",
                Text.count(counts.size(), "class", "classes"),
                counts.get(0),
                counts.get(counts.size() - 1));
    lines.add(
        Text.of("%s: %s%s: %s", name, Text.count(s.pictures(), "picture", "pictures"), per, kinds));
    s.sizes().map(SurveyText::of).ifPresent(lines::add);
    s.findings().forEach((f, n) -> lines.add(Text.of("  %,d %s", n, WORDS.get(f))));
    return lines;
  }

  private static String of(SizeRange sizes) {
    return sizes.smallest().equals(sizes.largest())
        ? Text.of("  height and width %s", sizes.median())
        : Text.of(
            "  height and width from %s to %s, in the middle %s",
            sizes.smallest(), sizes.largest(), sizes.median());
  }

  /** What a check found; of long lists the first few. */
  static List<String> lines(CheckResult check) {
    List<String> lines = new ArrayList<>();
    lines.add(
        Text.of(
            "%s decoded, %,d of them in an earlier check; %,d cannot be",
            Text.count(check.pictures() - check.bad().size(), "picture", "pictures"),
            check.remembered(),
            check.bad().size()));
    check.bad().stream()
        .limit(NAMED)
        .forEach(b -> lines.add("  " + b.problem().where() + ": " + b.problem().found()));
    more(lines, check.bad().size());
    lines.addAll(warnings(check));
    return lines;
  }

  /** Pictures of the same bytes that should not be. */
  static List<String> warnings(CheckResult check) {
    List<String> lines = new ArrayList<>();
    same(lines, check.same().stream().filter(SamePicture::betweenSplits).toList(), "in two parts");
    same(
        lines,
        check.same().stream().filter(p -> !p.betweenSplits()).toList(),
        "under different labels");
    return lines;
  }

  private static void same(List<String> lines, List<SamePicture> pairs, String how) {
    if (!pairs.isEmpty()) {
      lines.add(
          Text.of(
              "warning: %s of the same bytes %s:", Text.count(pairs.size(), "pair", "pairs"), how));
      pairs.stream().limit(NAMED).forEach(p -> lines.add("  " + p.first() + " = " + p.second()));
      more(lines, pairs.size());
    }
  }

  private static void more(List<String> lines, int all) {
    if (all > NAMED) {
      lines.add(Text.of("  and %,d more; --json names all", all - NAMED));
    }
  }

  private static String first(List<String> names) {
    String shown = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
    return names.size() > NAMED
        ? Text.of("%s and %,d more classes", shown, names.size() - NAMED)
        : shown;
  }

  /** A word of JSON: lower case, with underscores. */
  static String key(Enum<?> e) {
    return e.name().toLowerCase(Locale.ROOT);
  }
}
