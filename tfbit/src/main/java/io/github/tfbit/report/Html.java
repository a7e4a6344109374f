package io.github.tfbit.report;

import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Pieces of a report, from text that may be anything. */
final class Html {
  private static final double PERCENT = 100;

  private Html() {}

  /** A cell or heading: plain text, or HTML that is safe already. */
  record Cell(String html, String attributes) {
    /** A plain text. */
    static Cell text(String text) {
      return new Cell(HtmlText.escape(text), "");
    }

    /** A name that somebody else chose. */
    static Cell name(String name) {
      return new Cell(HtmlText.name(name), " class=\"name\"");
    }
  }

  static String heading(String text) {
    return "<h2>" + HtmlText.escape(text) + "</h2>\n";
  }

  static String paragraph(String text) {
    return "<p>" + HtmlText.escape(text) + "</p>\n";
  }

  /** A table that scrolls by itself where the page is too narrow for it. */
  static String table(String label, List<String> headings, List<List<Cell>> rows) {
    String head =
        headings.stream()
            .map(h -> "<th scope=\"col\">" + HtmlText.escape(h) + "</th>")
            .collect(Collectors.joining());
    StringBuilder table = new StringBuilder();
    table
        .append("<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"")
        .append(HtmlText.escape(label))
        .append("\"><table>\n")
        .append(headings.isEmpty() ? "" : "<thead><tr>" + head + "</tr></thead>\n")
        .append("<tbody>\n");
    for (List<Cell> row : rows) {
      table.append("<tr><th scope=\"row\">").append(row.get(0).html()).append("</th>");
      for (Cell cell : row.subList(1, row.size())) {
        table.append("<td").append(cell.attributes()).append('>').append(cell.html());
        table.append("</td>");
      }
      table.append("</tr>\n");
    }
    return table.append("</tbody></table></div>\n").toString();
  }

  /** What a reader opens who wants it. */
  static String details(String summary, String html) {
    return "<details><summary>" + HtmlText.escape(summary) + "</summary>\n" + html + "</details>\n";
  }

  /** A chart with what it shows in words and its numbers behind it; the numbers alone without. */
  static String chart(String title, String words, Optional<byte[]> png, String numbers) {
    String image =
        png.map(
                bytes ->
                    "<img class=\"chart\" width=\"%d\" height=\"%d\" alt=\"%s\" src=\"%s\">\n"
                        .formatted(
                            Charts.WIDTH,
                            Charts.HEIGHT,
                            HtmlText.escape(words),
                            data("image/png", bytes)))
            .orElse("");
    return "<figure><figcaption>"
        + HtmlText.escape(title)
        + "</figcaption>\n"
        + image
        + details("Numbers", numbers)
        + "</figure>\n";
  }

  static String data(String type, byte[] bytes) {
    return "data:" + type + ";base64," + Base64.getEncoder().encodeToString(bytes);
  }

  static String percent(double share) {
    return Double.isNaN(share) ? "–" : String.format(Locale.ROOT, "%.1f %%", PERCENT * share);
  }

  static String number(double x, int digits) {
    return Double.isNaN(x) ? "–" : String.format(Locale.ROOT, "%." + digits + "f", x);
  }

  static String count(long n) {
    return String.format(Locale.ROOT, "%,d", n);
  }
}
