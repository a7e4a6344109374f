package io.github.tfbit;

import io.github.tfbit.checkpoints.AtomicFile;
import io.github.tfbit.checkpoints.Existing;
import io.github.tfbit.converters.Head;
import io.github.tfbit.data.Example;
import io.github.tfbit.data.ImageDataset;
import io.github.tfbit.data.ImageSource;
import io.github.tfbit.evaluate.Evaluation;
import io.github.tfbit.evaluate.Mistake;
import io.github.tfbit.image.Decoding;
import io.github.tfbit.image.ImageDecoder;
import io.github.tfbit.image.Thumbnail;
import io.github.tfbit.report.ReportPage;
import io.github.tfbit.report.ShownMistake;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a run or a model is worth, as one HTML file that can be read offline, on a phone too. A
 * training writes it to {@code report.html} in its RUN by itself. Not safe for several threads.
 *
 * <pre>{@code
 * WorstMistakes worst = new WorstMistakes(run.head().activation(), HtmlReport.MISTAKES);
 * Evaluation evaluation = model.evaluate(heldOut, worst);
 * HtmlReport.of(run)
 *     .evaluation(evaluation, run.labels().names())
 *     .mistakes(worst.list(), heldOut, run.labels().names())
 *     .write(Path.of("report.html"), Existing.REPLACE);
 * }</pre>
 */
public final class HtmlReport {
  /** How many mistakes a report shows. */
  public static final int MISTAKES = 24;

  private static final String NO_LABEL = "(nothing)";

  private static final int THUMBNAIL = 192;

  private final ReportPage page;
  private Decoding decoding = Decoding.DEFAULT;

  private HtmlReport(ReportPage page) {
    this.page = page;
  }

  /**
   * Starts with nothing known but a title.
   *
   * @param title of the page, plain text
   * @return a report to add to
   */
  public static HtmlReport titled(String title) {
    return new HtmlReport(new ReportPage(title));
  }

  /**
   * Starts with what a run recorded: settings, where it comes from, how it went, and the command
   * that does it again.
   *
   * @param run a finished run
   * @return a report to add to
   * @throws IOException if its records cannot be read
   */
  public static HtmlReport of(Run run) throws IOException {
    return of(run.directory(), run.contentId(), run.head(), run.decoding());
  }

  static HtmlReport of(Path run, Optional<String> contentId, Head head, Decoding decoding)
      throws IOException {
    RunFacts facts = RunFacts.read(run);
    Path name = Optional.ofNullable(run.toAbsolutePath().normalize().getFileName()).orElse(run);
    HtmlReport report =
        titled("Run " + name)
            .decoding(decoding)
            .say(
                String.format(
                    Locale.ROOT,
                    "%s, %,d classes, %s, %s pictures learned from, %s held out.",
                    facts.setting("architecture", "name"),
                    head.classes(),
                    head.activation().name().toLowerCase(Locale.ROOT),
                    facts.setting("training", "examples"),
                    facts.setting("training", "held_out")));
    facts.curves().forEach(report.page::curve);
    report
        .facts("Speed", facts.speed())
        .facts("Settings", facts.settings())
        .facts("Where it comes from", facts.provenance(contentId));
    facts.command().ifPresent(report::command);
    return report;
  }

  /**
   * What an evaluation came to.
   *
   * @param evaluation its figures
   * @param classes names in the order of the head
   * @return this
   */
  public HtmlReport evaluation(Evaluation evaluation, List<String> classes) {
    page.evaluation(evaluation, classes);
    return this;
  }

  /**
   * How pictures of mistakes are decoded.
   *
   * @param decoding as a run recorded it; the default unless said
   * @return this
   */
  public HtmlReport decoding(Decoding decoding) {
    this.decoding = decoding;
    return this;
  }

  /**
   * The worst mistakes, with small copies of the pictures. One that cannot be fetched or decoded
   * any more is shown without.
   *
   * @param worst from {@link io.github.tfbit.evaluate.WorstMistakes}
   * @param data that was judged by
   * @param classes names in the order of the head
   * @return this
   */
  public HtmlReport mistakes(List<Mistake> worst, ImageDataset data, List<String> classes) {
    if (!worst.isEmpty()) {
      List<ShownMistake> shown = new ArrayList<>();
      try (ImageDecoder decoder = ImageDecoder.open(decoding, 0)) {
        worst.stream().limit(MISTAKES).forEach(m -> shown.add(show(m, data, classes, decoder)));
      }
      page.mistakes(shown);
    }
    return this;
  }

  private static ShownMistake show(
      Mistake m, ImageDataset data, List<String> classes, ImageDecoder decoder) {
    List<String> truth =
        m.labels().isEmpty() ? List.of(NO_LABEL) : m.labels().stream().map(classes::get).toList();
    String name = "picture " + m.picture() + " of the data";
    Optional<byte[]> jpeg = Optional.empty();
    try {
      Example example = data.example(m.picture());
      name = shortened(example.id());
      ImageSource source = ImageSource.named(example.id(), example.encoded());
      jpeg = Optional.of(Thumbnail.jpeg(decoder, source, THUMBNAIL));
    } catch (IOException | RuntimeException e) {
      System.getLogger(HtmlReport.class.getName())
          .log(System.Logger.Level.DEBUG, "not shown in the report: " + e.getMessage());
    }
    return new ShownMistake(m, name, truth, classes.get(m.answer()), jpeg);
  }

  /** Folder and file: where the data lies is its owner's business. */
  private static String shortened(String id) {
    int file = Math.max(id.lastIndexOf('/'), id.lastIndexOf('\\'));
    int folder = Math.max(id.lastIndexOf('/', file - 1), id.lastIndexOf('\\', file - 1));
    return file < 1 ? id : id.substring(folder + 1);
  }

  /**
   * A sentence below the title.
   *
   * @param sentence plain text
   * @return this
   */
  public HtmlReport say(String sentence) {
    page.say(sentence);
    return this;
  }

  /**
   * What else is known.
   *
   * @param heading of it
   * @param known values by name, in their order
   * @return this
   */
  public HtmlReport facts(String heading, Map<String, String> known) {
    page.facts(heading, known);
    return this;
  }

  /**
   * How to do it again.
   *
   * @param command as one would type it
   * @return this
   */
  public HtmlReport command(String command) {
    page.command(command);
    return this;
  }

  /**
   * The page.
   *
   * @return the file's text
   */
  public String html() {
    return page.html();
  }

  /**
   * Writes the page, whole or not at all.
   *
   * @param file where it will appear; its folder must exist
   * @param existing what to do if it is there
   * @throws io.github.tfbit.checkpoints.OutputException if it is there and must not be, or cannot
   *     be written
   * @throws IOException if it cannot be written
   */
  public void write(Path file, Existing existing) throws IOException {
    byte[] html = html().getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(file, existing, f -> Files.write(f, html));
  }
}
