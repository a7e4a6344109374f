package io.github.tfbit.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.Run;
import io.github.tfbit.cli.command.Session;
import io.github.tfbit.cli.console.Console;
import io.github.tfbit.cli.console.Interrupts;
import io.github.tfbit.graph.SessionOptions;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo in small: two steps instead of a hundred. */
class DemoTest {
  @TempDir Path dir;

  @Test
  void goesFromPicturesToAnswersOfTheReloadedExport() throws Exception {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);
    Session session = new Session(new Console(stream, stream, false), new Interrupts());
    DemoScale scale = new DemoScale(2, 1, 1, 2, 3);
    DemoResult result = new Demo(session, SessionOptions.DEFAULT, dir, 4, scale).run();

    assertEquals(List.of(0, 1, 2), result.comparison().transfer().steps());
    assertEquals(1, result.comparison().scratch().subsets().size());
    assertEquals(0.1, result.comparison().transfer().mean(0), 1e-12);
    assertEquals(3 * Outline.values().length, result.answers().size());
    List<String> classes = Arrays.stream(Outline.values()).map(Outline::label).toList();
    assertTrue(result.answers().stream().allMatch(a -> classes.contains(a.said())));
    double last = result.comparison().transfer().subsets().get(0).get(2);
    assertEquals(last, result.accuracy(), 1e-12, "the export answers as the trained network did");
    assertEquals(classes, Run.open(dir.resolve("runs").resolve("from-scratch-1")).labels().names());
  }
}
