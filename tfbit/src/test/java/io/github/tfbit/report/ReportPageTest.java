package io.github.tfbit.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.converters.Activation;
import io.github.tfbit.evaluate.Evaluation;
import io.github.tfbit.evaluate.Mistake;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportPageTest {
  private static final String SCRIPT = "<script>alert('x')</script>";
  private static final String QUOTES = "\" onload=\"alert(1)";
  private static final String ARABIC = "قطة & \u202Egnp.tac";
  private static final List<String> HOSTILE = List.of(SCRIPT, QUOTES, ARABIC, "猫 Ω 🐈", "");

  private static Evaluation softmax(int classes) {
    Evaluation.Counter counter = Evaluation.counter(classes, Activation.SOFTMAX);
    for (int i = 0; i < classes; i++) {
      float[] logits = new float[classes];
      logits[(i + i % 2) % classes] = 3;
      counter.add(logits, new int[] {i});
    }
    return counter.result();
  }

  private static String hostilePage() {
    Mistake mistake = new Mistake(0, List.of(0, 2), 1, 0.9, false);
    ShownMistake shown =
        new ShownMistake(
            mistake, "a/" + SCRIPT, List.of(SCRIPT, ARABIC), QUOTES, Optional.of(new byte[] {1}));
    return new ReportPage(SCRIPT)
        .say(QUOTES)
        .evaluation(softmax(HOSTILE.size()), HOSTILE)
        .mistakes(List.of(shown))
        .curve(new Curve(SCRIPT, QUOTES, List.of(new Curve.Point(1, 2), new Curve.Point(2, 1))))
        .facts(QUOTES, Map.of(SCRIPT, SCRIPT))
        .command("tfbit evaluate --data '" + SCRIPT + "'")
        .html();
  }

  /** The page without texts: what is left is what this project wrote. */
  private static String tags(String html) {
    Matcher tags = Pattern.compile("<[^>]*>").matcher(html);
    StringBuilder all = new StringBuilder();
    while (tags.find()) {
      all.append(tags.group().replaceAll("\"[^\"]*\"", "\"\"")).append('\n');
    }
    return all.toString();
  }

  @Test
  void namesMakeNoElementsAndNoAttributes() {
    String tags = tags(hostilePage());
    assertFalse(tags.contains("script"), tags);
    assertFalse(tags.contains("onload"), tags);
  }

  @Test
  void namesOfAnyScriptAreShownAsTheyAreAndKeepTheirDirectionToThemselves() {
    String html = hostilePage();
    assertTrue(html.contains("<bdi>قطة &amp; \u202Egnp.tac</bdi>"));
    assertTrue(html.contains("<bdi>猫 Ω 🐈</bdi>"));
  }

  @Test
  void nothingIsAskedOfTheNet() {
    String html = hostilePage();
    Matcher sources = Pattern.compile("(src|href)=\"(?!data:)").matcher(html);
    assertFalse(sources.find());
    assertTrue(html.contains("default-src 'none'"));
    assertFalse(html.contains("url("));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\ud800", "\udc00x", "\u0000", "\u001b[31m", "\uffff", "\u0085"})
  void whatNoDocumentMayHoldIsReplaced(String text) {
    String escaped = HtmlText.escape(text);
    assertEquals('\ufffd', escaped.charAt(0));
    assertEquals(
        escaped, new String(escaped.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
  }

  @Test
  void imagesHaveWordsForWhoCannotSeeThem() {
    Matcher images = Pattern.compile("<img[^>]*>").matcher(hostilePage());
    int found = 0;
    while (images.find()) {
      assertTrue(images.group().matches("(?s).* alt=\"[^\"]{5,}\".*"), images.group());
      found++;
    }
    assertEquals(3, found, "a curve, a reliability diagram and a mistake");
  }

  @Test
  void manyClassesWithLongNamesStayAPage() {
    int classes = 5000;
    List<String> names = IntStream.range(0, classes).mapToObj(i -> i + "x".repeat(9000)).toList();
    String html = new ReportPage("many").evaluation(softmax(classes), names).html();
    assertTrue(html.length() < 500_000, () -> html.length() + " characters");
    assertTrue(html.contains("The 100 that do worst, of 5,000"));
  }

  @Test
  void aSigmoidHeadIsJudgedByItsLabels() {
    Evaluation.Counter counter = Evaluation.counter(2, Activation.SIGMOID);
    counter.add(new float[] {2, -1}, new int[] {0}).add(new float[] {1, 2}, new int[] {0, 1});
    String html = new ReportPage("s").evaluation(counter.result(), List.of("wet", "cold")).html();
    assertTrue(html.contains("mAP"));
    assertTrue(html.contains("threshold"));
    assertFalse(html.contains("Calibration"));
  }

  @Test
  void aPictureThatIsGoneIsSaidToBe() {
    ShownMistake gone =
        new ShownMistake(
            new Mistake(3, List.of(0), 1, 0.75, true),
            "x.jpg",
            List.of("a"),
            "b",
            Optional.empty());
    String html = new ReportPage("gone").mistakes(List.of(gone)).html();
    assertTrue(html.contains("cannot be decoded any more"));
    assertTrue(html.contains("misses <bdi>b</bdi></b> 0.75"));
  }
}
