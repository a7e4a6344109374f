package io.github.tfbit.integration.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import io.github.tfbit.integration.Python;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files for people and programs that an evaluation leaves. */
class ReportFilesTest {
  private static final String ELEMENT = "<img src=x onerror=alert(1)>, \"2";
  private static final String LONG = "a'" + "w".repeat(180);
  private static final String ARABIC = "\u0642\u0637\u0629 \u202Exyz";

  @TempDir private Path dir;
  private Path model;
  private Path data;

  /** Three classes with names of an enemy, as many as the model has. */
  @BeforeEach
  void makeModelAndPictures() throws IOException {
    model = Fixtures.model(dir);
    data = dir.resolve("photos");
    List<String> classes = List.of(ELEMENT, LONG, ARABIC);
    for (int c = 0; c < classes.size(); c++) {
      for (int i = 0; i < 4; i++) {
        Fixtures.picture(data.resolve(classes.get(c) + "/<b>" + i + "&.png"), c, i);
      }
    }
  }

  private Object[] evaluate(Object... more) {
    return Fixtures.join(
        List.of("evaluate", "--model", model, "--data", data, "--split", "all", "--size", 32, 32),
        more);
  }

  @Test
  void writesALineForEveryPictureAndAPage() throws IOException {
    Path csv = dir.resolve("answers.csv");
    Path page = dir.resolve("page.html");
    JsonObject plain = Cli.run(evaluate("--json")).done().json();
    JsonObject json = Cli.run(evaluate("--json", "--csv", csv, "--report", page)).done().json();
    assertEquals(plain, json, "files change no figure");
    List<String> lines = Files.readAllLines(csv);
    assertEquals("path,label,prediction,score", lines.get(0));
    assertEquals(1 + 12, lines.size());
    String escaped = "\"" + ELEMENT.replace("\"", "\"\"") + "\"";
    assertTrue(lines.stream().anyMatch(l -> l.contains("," + escaped + ",")), lines::toString);
    String html = Files.readString(page);
    assertFalse(html.contains("<img src=x"), "escaped");
    assertTrue(html.contains("&lt;img src=x onerror=alert(1)&gt;"));
    assertTrue(html.contains("data:image/jpeg"), "mistakes of a seeded model");
  }

  @Test
  void refusesBeforeTheWorkToReplaceAPage() throws IOException {
    Path page = Files.writeString(dir.resolve("page.html"), "mine");
    Cli.run(evaluate("--report", page)).failed("page.html");
    assertEquals("mine", Files.readString(page));
  }

  @Test
  @Tag("python")
  void pagesShowInABrowserAtEveryWidth() throws Exception {
    Path page = dir.resolve("page.html");
    Cli.run(evaluate("--report", page)).done();
    Path run = dir.resolve("run");
    Cli.run(Fixtures.finetune(model, data, run, "--eval-every", 1, "--holdout", 0.5)).done();
    Python.browser(page, run.resolve("report.html"));
  }
}
