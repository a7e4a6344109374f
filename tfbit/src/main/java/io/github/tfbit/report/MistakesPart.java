package io.github.tfbit.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The worst mistakes as pictures. */
final class MistakesPart {
  private MistakesPart() {}

  static String html(List<ShownMistake> mistakes) {
    if (mistakes.isEmpty()) {
      return "";
    }
    return Html.heading("The worst mistakes")
        + Html.paragraph(
            "Wrong, and sure of it: the surest first. Look at them before anything else: often it"
                + " is the label that is wrong.")
        + mistakes.stream()
            .map(MistakesPart::figure)
            .collect(Collectors.joining("", "<div class=\"mistakes\">\n", "</div>\n"));
  }

  private static String figure(ShownMistake m) {
    String truth = m.truth().stream().map(HtmlText::name).collect(Collectors.joining(", "));
    String words = "picture " + HtmlText.cut(m.name());
    String image =
        m.jpeg()
            .map(
                bytes ->
                    "<img alt=\"%s\" src=\"%s\">"
                        .formatted(HtmlText.escape(words), Html.data("image/jpeg", bytes)))
            .orElse("<div class=\"gone\">cannot be decoded any more</div>");
    String verdict = m.mistake().missed() ? "misses " : "";
    return String.format(
        Locale.ROOT,
        "<figure>%s<figcaption><b>%s%s</b> %.2f<br>is: %s<br><span>%s</span></figcaption>"
            + "</figure>%n",
        image,
        verdict,
        HtmlText.name(m.answer()),
        m.mistake().probability(),
        truth,
        HtmlText.name(m.name()));
  }
}
