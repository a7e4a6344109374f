package io.github.tfbit.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

class DemoPageTest {
  @TempDir Path dir;

  private String html;

  @BeforeEach
  void writePage() throws IOException {
    html = DemoPage.html(Examples.result(dir));
  }

  @Test
  void needsNothingBesideIt() {
    String references = html.replace("http://www.w3.org/2000/svg", "");
    assertFalse(Pattern.compile("(src|href)=\"(?!data:)").matcher(html).find());
    assertFalse(references.contains("://"), "an address on the page");
  }

  @Test
  void showsPicturesOfEveryClass() {
    long pictures = Pattern.compile("<img ").matcher(html).results().count();
    assertEquals(4L * Outline.values().length, pictures);
  }

  @Test
  void marksRightAndWrongInWordsToo() {
    assertTrue(html.contains("<b>✓ star</b> 0.90"));
    assertTrue(html.contains("<b>✗ fish</b> 0.70<br>is: star"));
  }

  @Test
  void escapesText() {
    assertTrue(html.contains("<li>2 &lt; 3 subsets</li>"));
    assertFalse(html.contains("<scratch>"));
  }

  @Test
  void chartIsWellFormedAndHoldsBothCurves() throws Exception {
    String svg = CurveChart.svg(Examples.comparison());
    var document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(svg)));
    assertEquals(2, document.getElementsByTagName("polyline").getLength());
    assertEquals(2, document.getElementsByTagName("polygon").getLength());
  }
}
