package io.github.tfbit.report;

import io.github.tfbit.evaluate.Evaluation;
import io.github.tfbit.report.Html.Cell;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a model or a run is worth, as one HTML file that explains itself offline, on a phone too.
 * Texts may be anything: they are escaped. Not safe for several threads.
 */
public final class ReportPage {
  private static final int ROWS = 12;

  private static final String STYLE =
      """
      .wide { overflow-x: auto; margin: .5rem 0; }
      .wide th, .wide td { overflow-wrap: normal; white-space: nowrap; }
      .wide th[scope=row] { font-weight: normal; white-space: normal; min-width: 5rem;
        overflow-wrap: anywhere; }
      .wide td.name { text-align: left; }
      .wide td bdi { white-space: normal; overflow-wrap: anywhere; }
      .facts td { text-align: left; white-space: normal; overflow-wrap: anywhere; width: 65%; }
      .facts th[scope=row] { vertical-align: top; min-width: 0; }
      .square td { text-align: center; padding: .3rem .25rem; min-width: 1.4rem; }
      .square thead th { text-align: center; }
      .none { opacity: .35; }
      .tiles { display: grid; gap: .75rem; margin: 1rem 0;
        grid-template-columns: repeat(auto-fill, minmax(8.5rem, 1fr)); }
      .tiles div { background: var(--soft); border-radius: 6px; padding: .5rem .75rem; }
      .tiles dt { font-size: .85rem; }
      .tiles dd { margin: 0; font-size: .8rem; line-height: 1.3; }
      .tiles b { display: block; font-size: 1.35rem; line-height: 1.3; }
      .charts { display: grid; gap: 1.25rem 1rem;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 20rem), 1fr)); }
      .chart { width: 100%; max-width: 560px; height: auto; border-radius: 6px; display: block; }
      figure > figcaption:first-child { font-weight: bold; font-size: .9rem; margin: 0 0 .35rem; }
      details summary { cursor: pointer; padding: .35rem 0; }
      .mistakes { display: grid; gap: 1rem .6rem;
        grid-template-columns: repeat(auto-fill, minmax(7rem, 1fr)); }
      .mistakes img, .gone { width: 100%; height: 7rem; object-fit: contain;
        background: var(--soft); border-radius: 4px; }
      .gone { display: grid; place-items: center; text-align: center; }
      .mistakes b { color: var(--wrong); }
      .mistakes span { opacity: .75; }
      """;

  private final String title;
  private final List<String> lead = new ArrayList<>();
  private final StringBuilder judgement = new StringBuilder();
  private final List<Curve> curves = new ArrayList<>();
  private final Map<String, Map<String, String>> facts = new LinkedHashMap<>();
  private final List<String> commands = new ArrayList<>();

  /**
   * Starts a page.
   *
   * @param title of it
   */
  public ReportPage(String title) {
    this.title = title;
  }

  /**
   * A sentence below the title.
   *
   * @param sentence plain text
   * @return this
   */
  public ReportPage say(String sentence) {
    lead.add(sentence);
    return this;
  }

  /**
   * What an evaluation came to.
   *
   * @param evaluation its figures
   * @param classes names in the order of the head
   * @return this
   */
  public ReportPage evaluation(Evaluation evaluation, List<String> classes) {
    judgement.append(new EvaluationPart(evaluation, classes).html());
    return this;
  }

  /**
   * The worst mistakes.
   *
   * @param mistakes the worst first
   * @return this
   */
  public ReportPage mistakes(List<ShownMistake> mistakes) {
    judgement.append(MistakesPart.html(mistakes));
    return this;
  }

  /**
   * How something went with the steps; one without points is left out.
   *
   * @param curve its points
   * @return this
   */
  public ReportPage curve(Curve curve) {
    if (!curve.points().isEmpty()) {
      curves.add(curve);
    }
    return this;
  }

  /**
   * What is known about something.
   *
   * @param heading of it
   * @param known values by name, in their order
   * @return this
   */
  public ReportPage facts(String heading, Map<String, String> known) {
    if (!known.isEmpty()) {
      facts.put(heading, new LinkedHashMap<>(known));
    }
    return this;
  }

  /**
   * How to do it again.
   *
   * @param command as one would type it
   * @return this
   */
  public ReportPage command(String command) {
    commands.add(command);
    return this;
  }

  /**
   * The page.
   *
   * @return the file's text
   */
  public String html() {
    StringBuilder body = new StringBuilder();
    body.append("<h1>").append(HtmlText.escape(title)).append("</h1>\n");
    lead.forEach(s -> body.append(Html.paragraph(s)));
    body.append(judgement);
    if (!curves.isEmpty()) {
      body.append(Html.heading("How it went")).append("<div class=\"charts\">\n");
      curves.forEach(c -> body.append(chart(c)));
      body.append("</div>\n");
    }
    facts.forEach((heading, known) -> body.append(Html.heading(heading)).append(table(known)));
    if (!commands.isEmpty()) {
      body.append(Html.heading("To repeat it")).append("<pre>");
      body.append(HtmlText.escape(String.join("\n", commands))).append("</pre>\n");
    }
    return HtmlPage.of(title, STYLE, body.toString());
  }

  private static String chart(Curve curve) {
    List<List<Cell>> rows = new ArrayList<>();
    for (Curve.Point p : curve.some(ROWS)) {
      rows.add(List.of(Cell.text(Html.count((long) p.step())), Cell.text(digits(p.value()))));
    }
    Curve.Point first = curve.points().get(0);
    Curve.Point last = curve.points().get(curve.points().size() - 1);
    String words =
        curve.title()
            + " by step: "
            + digits(first.value())
            + " after step "
            + Html.count((long) first.step())
            + ", "
            + digits(last.value())
            + " after step "
            + Html.count((long) last.step());
    String name = curve.unit().isEmpty() ? curve.title() : curve.title() + ", " + curve.unit();
    return Html.chart(
        name, words, Charts.curve(curve), Html.table(name, List.of("step", curve.title()), rows));
  }

  /** Four digits that count: rates are small, losses and shares are not. */
  private static String digits(double x) {
    return new BigDecimal(x).round(new MathContext(4)).toPlainString();
  }

  private static String table(Map<String, String> known) {
    List<List<Cell>> rows =
        known.entrySet().stream()
            .map(e -> List.of(Cell.text(e.getKey()), Cell.text(e.getValue())))
            .toList();
    return "<div class=\"facts\">" + Html.table("Facts", List.of(), rows) + "</div>\n";
  }
}
