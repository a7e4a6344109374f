package io.github.tfbit.integration.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.tfbit.cli.console.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exports with all that lies beside them, and what check-export says. */
class CheckExportTest {
  @TempDir private Path dir;

  private Path export(Object... more) throws IOException {
    Path model = dir.resolve("tiny.npz");
    if (!Files.exists(model)) {
      Fixtures.model(dir);
    }
    Path base = dir.resolve("models");
    Object[] arguments = {"export", "--model", model, "--out", base, "--size", 32, 40};
    return Path.of(Cli.run(Fixtures.join(List.of(arguments), more)).done().out().strip());
  }

  private static String outcome(JsonObject json, String rule) {
    JsonArray rules = json.getAsJsonArray("rules");
    for (JsonElement each : rules) {
      if (each.getAsJsonObject().get("rule").getAsString().equals(rule)) {
        return each.getAsJsonObject().get("outcome").getAsString();
      }
    }
    throw new AssertionError("no rule " + rule);
  }

  @Test
  void passesAnExportOfEachKind() throws IOException {
    Path data = Fixtures.data(dir);
    for (Path export :
        List.of(export(), export("--precision", "bf16"), export("--warmup", data, "--top", 1))) {
      Cli checked = Cli.run("check-export", export).done();
      assertTrue(checked.out().contains("30 rules kept, 0 broken, 1 not applicable"));
      for (String line : checked.out().lines().toList()) {
        assertTrue(line.length() <= Console.COLUMNS || line.startsWith(export.toString()), line);
      }
    }
  }

  @Test
  void looksAtTheHighestVersionAndSaysSoAsJson() throws IOException {
    export();
    Path second = export();
    JsonObject json = Cli.run("check-export", second.getParent(), "--json").done().json();
    assertEquals(second.toString(), json.get("directory").getAsString());
    assertTrue(json.get("passes").getAsBoolean());
    assertEquals("pass", outcome(json, "rows-alone"));
    assertEquals("not_applicable", outcome(json, "assets-inside"));
  }

  @Test
  void saysWhatIsBrokenAndEndsWithOne() throws IOException {
    Path export = export();
    Files.delete(export.resolve("variables/variables.index"));
    Cli checked = Cli.run("check-export", export);
    assertEquals(1, checked.status());
    assertTrue(checked.out().contains("FAIL  variables-whole: "), checked.out());
    assertTrue(checked.out().contains("n/a   loads: not loaded"), checked.out());
    JsonObject json = Cli.run("check-export", export, "--json").json();
    assertFalse(json.get("passes").getAsBoolean());
  }

  @Test
  void aFolderWithoutAModelIsJudgedToo() throws IOException {
    Path empty = Files.createDirectories(dir.resolve("1"));
    Cli checked = Cli.run("check-export", empty);
    assertEquals(1, checked.status());
    assertTrue(checked.out().contains("FAIL  model-file: no such file"), checked.out());
  }

  @Test
  void refusesWhatIsNoDirectory() throws IOException {
    Cli.run("check-export", dir.resolve("nothing")).failed("the directory of a SavedModel");
    Cli.run("check-export", Files.writeString(dir.resolve("file"), "x")).failed("a file");
    Cli.run("check-export").misused("DIR");
  }

  @Test
  void aPictureThatIsNoneIsNotExported() throws IOException {
    Path pictures = Files.createDirectories(dir.resolve("pictures"));
    Files.writeString(pictures.resolve("no.jpg"), "no picture");
    Path model = Fixtures.model(dir);
    Path base = dir.resolve("models");
    Cli.run("export", "--model", model, "--out", base, "--warmup", pictures).failed("no.jpg");
    Cli.run("export", "--model", model, "--out", base, "--warmup", dir.resolve("none"))
        .failed("none");
    assertFalse(Files.exists(base));
  }

  /** A run's pictures are 40 x 32 pixels; those that a server warms up with are drawn as large. */
  @Test
  void aRunKnowsTheSizeOfItsPictures() throws IOException {
    Path run = dir.resolve("run");
    Cli.run(Fixtures.finetune(Fixtures.model(dir), Fixtures.data(dir), run)).done();
    assertTrue(
        Files.readString(run.resolve("run.json"))
            .replaceAll("\\s", "")
            .contains("\"typical_picture\":[32,40]"));
    Path base = dir.resolve("models");
    Cli.run("export", "--model", run, "--out", base).done();
    Cli.run("check-export", base).done();
  }
}
