package io.github.tfbit.cli.inspect;

import io.github.tfbit.cli.command.Upstream;
import io.github.tfbit.cli.console.Text;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.converters.Head;
import io.github.tfbit.converters.InputRange;
import io.github.tfbit.converters.TensorDigest;
import io.github.tfbit.converters.TensorStatistics;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** An inspection for people. */
final class InspectionText {
  private InspectionText() {}

  static List<String> of(Inspection i) {
    Upstream u = i.upstream();
    Architecture a = u.architecture();
    InputRange range = u.inputRange();
    Sheet sheet =
        new Sheet()
            .row("model", i.name())
            .row("format", format(i))
            .row("names", i.stored().naming())
            .row("architecture", architecture(a))
            .row("head", u.head().map(h -> head(i, h)).orElse("none: features only"))
            .row("activation", u.head().map(h -> ActivationText.of(u, h)).orElse("none"))
            .row("features", Text.of("%,d", a.features()))
            .row("parameters", parameters(i))
            .row("labels", LabelsText.of(u))
            .row(
                "input",
                Text.of("RGB in [%s, %s]: %s", n(range.low()), n(range.high()), range.source()))
            .row("fingerprint", fingerprint(i))
            .row("content id", i.content().id())
            .row("backbone id", i.content().backboneId());
    if (i.defects().isEmpty()) {
      sheet.row("defects", "none known");
    }
    for (int d = 0; d < i.defects().size(); d++) {
      sheet.row(d == 0 ? "defects" : "", i.defects().get(d));
    }
    return sheet.lines();
  }

  /** One without a name describes itself, its groups too. */
  private static String architecture(Architecture a) {
    boolean named = Architecture.names().contains(a.name());
    return named ? Text.of("%s, GroupNorm of %d groups", a.name(), a.groups()) : a.name();
  }

  private static String format(Inspection i) {
    Upstream u = i.upstream();
    return Text.of(
        "%s, %s, %s%s",
        u.file().layout().title(),
        u.file().storedAs().name().toLowerCase(Locale.ROOT),
        Text.bytes(u.file().bytes()),
        u.run().isPresent() ? ", weights of a run" : "");
  }

  private static String head(Inspection i, Head head) {
    String stored = i.stored().head().map(shape -> "; kernel stored as " + shape).orElse("");
    return Text.count(head.classes(), "class", "classes") + stored;
  }

  private static String parameters(Inspection i) {
    int tensors = i.content().tensors().size();
    return Text.of("%,d in %s", i.parameters(), Text.count(tensors, "tensor", "tensors"));
  }

  private static String fingerprint(Inspection i) {
    return i.fingerprint()
        .map(f -> Text.of("%d of %d tensors equal the genuine %s", f.equal(), f.known(), f.model()))
        .orElse("none is known of this architecture");
  }

  /** Two lines a tensor: one for the name, which is long, one for the rest. */
  static List<String> tensors(Inspection i) {
    List<String> lines = new ArrayList<>(List.of(""));
    for (TensorDigest d : i.content().tensors()) {
      TensorStatistics v = d.values();
      lines.add(d.tensor().name());
      lines.add(
          Text.of(
              "  %-19s %s  crc32c %s  %s %s %s",
              d.tensor().shape().stream().map(String::valueOf).collect(Collectors.joining("x")),
              d.tensor().dtype().name().toLowerCase(Locale.ROOT),
              d.crc32cDigits(),
              value(v.min()),
              value(v.max()),
              value(v.mean())));
    }
    lines.set(0, "\nshape, element type, CRC32C, smallest, largest, mean:");
    return lines;
  }

  private static String value(double value) {
    return Text.of("%9.2e", value);
  }

  /** -1, 0, 1 and 0.5 as people write them. */
  private static String n(float value) {
    return value == Math.rint(value) ? String.valueOf((int) value) : String.valueOf(value);
  }
}
