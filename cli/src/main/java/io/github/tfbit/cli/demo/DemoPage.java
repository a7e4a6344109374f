package io.github.tfbit.cli.demo;

import io.github.tfbit.report.HtmlPage;
import io.github.tfbit.report.HtmlText;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The report as one HTML file that needs nothing beside it. */
final class DemoPage {
  private static final int SHOWN_PER_CLASS = 4;

  private static final String STYLE =
      """
      svg { width: 100%; height: auto; }
      svg text { font-size: 16px; fill: currentColor; }
      .answers { display: grid; gap: .75rem .5rem;
        grid-template-columns: repeat(auto-fill, minmax(5.5rem, 1fr)); }
      figure img { width: 100%; height: 5.5rem; object-fit: contain; background: #8881;
        border-radius: 4px; }
      .right b { color: var(--right); }
      .wrong b { color: var(--wrong); }
      @media (max-width: 34rem) { svg text { font-size: 24px; } }
      """;

  private DemoPage() {}

  static String html(DemoResult result) throws IOException {
    Comparison c = result.comparison();
    double ours = c.transfer().mean(c.endPoint());
    double theirs = c.scratch().mean(c.endPoint());
    String body =
        """
        <h1>%s</h1>
        <p>%s</p>
        <h2>Transferred and from scratch</h2>
        %s
        <p>Lines are means over %d subsets of the training pictures, bands reach from the lowest to
        the highest.</p>
        <table>
        %s</table>
        <h2>What the exported model says</h2>
        <p>The SavedModel was written, read back and asked about %d held-out pictures: %s right.
        Some of them:</p>
        <div class="answers">
        %s</div>
        <h2>What was done</h2>
        <ul>
        %s</ul>
        <h2>Your own pictures</h2>
        <pre>%s</pre>
        """
            .formatted(
                headline(ours, theirs),
                "The pictures are drawn by code: not photographs, and no benchmark. What tells the"
                    + " classes apart is the outline alone.",
                CurveChart.svg(c),
                c.transfer().subsets().size(),
                table(c),
                result.answers().size(),
                DemoTable.percent(result.accuracy()),
                answers(result.answers()),
                facts(result.facts()),
                HtmlText.escape(nextCommands()));
    return HtmlPage.of("tfbit demo", STYLE, body);
  }

  private static String headline(double ours, double theirs) {
    return String.format(
        Locale.ROOT,
        "A small BiT, fine-tuned on 10 pictures a class: %s on held-out ones; the same network from"
            + " scratch: %s",
        DemoTable.percent(ours),
        DemoTable.percent(theirs));
  }

  private static String table(Comparison comparison) {
    return DemoTable.rows(comparison).stream()
        .map(row -> "<tr>" + cells(row) + "</tr>\n")
        .collect(Collectors.joining());
  }

  private static String cells(List<String> row) {
    return row.stream()
        .map(cell -> "<td>" + HtmlText.escape(cell) + "</td>")
        .collect(Collectors.joining());
  }

  private static String facts(List<String> facts) {
    return facts.stream()
        .map(f -> "<li>" + HtmlText.escape(f) + "</li>\n")
        .collect(Collectors.joining());
  }

  private static String answers(List<Answer> all) throws IOException {
    Map<String, Integer> shown = new LinkedHashMap<>();
    StringBuilder html = new StringBuilder();
    for (Answer answer : all) {
      if (shown.merge(answer.truth(), 1, Integer::sum) <= SHOWN_PER_CLASS) {
        html.append(figure(answer));
      }
    }
    return html.toString();
  }

  private static String figure(Answer a) throws IOException {
    String name = a.picture().getFileName().toString();
    String type = name.endsWith(".png") ? "image/png" : "image/jpeg";
    String bytes = Base64.getEncoder().encodeToString(Files.readAllBytes(a.picture()));
    String verdict = a.right() ? "✓ " + a.said() : "✗ " + a.said();
    return String.format(
        Locale.ROOT,
        "<figure class=\"%s\"><img alt=\"%s\" src=\"data:%s;base64,%s\">"
            + "<figcaption><b>%s</b> %.2f%s</figcaption></figure>%n",
        a.right() ? "right" : "wrong",
        HtmlText.escape("drawn " + a.truth()),
        type,
        bytes,
        HtmlText.escape(verdict),
        a.score(),
        a.right() ? "" : "<br>is: " + HtmlText.escape(a.truth()));
  }

  /** What a reader does next. */
  static String nextCommands() {
    return """
        bin/tfbit finetune --model MODEL.npz --data photos --out runs/mine
        bin/tfbit predict  --model runs/mine picture.jpg
        bin/tfbit export   --model runs/mine --out models/mine
        """;
  }
}
