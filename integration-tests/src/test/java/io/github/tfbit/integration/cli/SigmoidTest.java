package io.github.tfbit.integration.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigmoidTest {
  @TempDir private Path dir;

  @Test
  void storedThresholdsGoThroughEveryCommand() throws IOException {
    Path data = Fixtures.data(dir);
    Path run = dir.resolve("run");
    Cli.run(
            "finetune",
            "--model",
            Fixtures.model(dir),
            "--data",
            data,
            "--out",
            run,
            "--loss",
            "sigmoid",
            "--steps",
            2,
            "--batch",
            6,
            "--resize",
            40,
            "--crop",
            32)
        .done();
    JsonObject stored = json(Files.readString(run.resolve("thresholds.json")));
    Path picture = anyPicture(data);
    JsonObject best =
        json(Cli.run("predict", "--model", run, "--json", picture).done().out())
            .getAsJsonArray("predictions")
            .get(0)
            .getAsJsonObject()
            .getAsJsonArray("top")
            .get(0)
            .getAsJsonObject();
    double threshold = stored.get(best.get("label").getAsString()).getAsDouble();
    assertEquals(threshold, best.get("threshold").getAsDouble());
    assertEquals(best.get("score").getAsDouble() >= threshold, best.get("present").getAsBoolean());
    Cli text = Cli.run("predict", "--model", run, picture).done();
    assertEquals(best.get("present").getAsBoolean(), text.out().contains("\n* "), text.out());
    Cli judged = Cli.run("evaluate", "--model", run, "--data", data).done();
    assertTrue(judged.out().contains("thresholds: as the run stored them"), judged.out());
    Cli.run("export", "--model", run, "--out", dir.resolve("served")).done();
    assertEquals(
        stored, json(Files.readString(dir.resolve("served/1/assets.extra/thresholds.json"))));
  }

  private static JsonObject json(String text) {
    return JsonParser.parseString(text).getAsJsonObject();
  }

  private static Path anyPicture(Path data) throws IOException {
    try (Stream<Path> files = Files.walk(data)) {
      return files.filter(Files::isRegularFile).sorted().findFirst().orElseThrow();
    }
  }
}
