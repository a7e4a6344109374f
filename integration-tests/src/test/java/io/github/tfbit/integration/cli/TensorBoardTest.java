package io.github.tfbit.integration.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.tfbit.integration.Python;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real TensorBoard, of Python, reads what a run wrote. */
@Tag("python")
class TensorBoardTest {
  @TempDir private Path dir;

  @Test
  void listsTheRunsTagsWithTheRunsValues() throws Exception {
    Path run = dir.resolve("run");
    Path data = Fixtures.data(dir.resolve("data"));
    Cli.run(Fixtures.finetune(Fixtures.model(dir), data, run)).done();
    Path out = dir.resolve("read.json");
    Python.tensorflow("tensorboard_scalars.py", run.resolve("events").toString(), out.toString());
    JsonObject read = JsonParser.parseString(Files.readString(out)).getAsJsonObject();
    assertEquals("[\"run\"]", read.get("texts").toString());
    JsonObject scalars = read.getAsJsonObject("scalars");
    assertEquals(
        Set.of(
            "train/loss",
            "train/learning_rate",
            "train/images_per_second",
            "train/wait_share",
            "held_out/top1",
            "held_out/top5",
            "held_out/mean_recall",
            "held_out/cross_entropy",
            "held_out/ece"),
        scalars.keySet());
    for (String line : Files.readAllLines(run.resolve("metrics.jsonl"))) {
      JsonObject report = JsonParser.parseString(line).getAsJsonObject();
      if (report.has("loss")) {
        assertSame(report, "loss", scalars, "train/loss");
      } else {
        assertSame(report, "top1", scalars, "held_out/top1");
      }
    }
  }

  private static void assertSame(JsonObject report, String key, JsonObject scalars, String tag) {
    int step = report.get("step").getAsInt();
    for (JsonElement point : scalars.getAsJsonArray(tag)) {
      JsonArray pair = point.getAsJsonArray();
      if (pair.get(0).getAsInt() == step) {
        assertEquals(report.get(key).getAsDouble(), pair.get(1).getAsDouble(), 1e-6);
        return;
      }
    }
    throw new AssertionError("no point of step " + step + " in " + tag);
  }
}
