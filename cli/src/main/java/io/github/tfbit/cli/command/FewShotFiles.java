package io.github.tfbit.cli.command;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import io.github.tfbit.HyperRule;
import io.github.tfbit.checkpoints.AtomicFile;
import io.github.tfbit.checkpoints.Existing;
import io.github.tfbit.checkpoints.OutputException;
import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.cli.options.ModelArgument;
import io.github.tfbit.cli.options.RuntimeOptions;
import io.github.tfbit.converters.ContentId;
import io.github.tfbit.data.ImageDatasets;
import io.github.tfbit.fewshot.FewShotResult;
import io.github.tfbit.report.FewShotChart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a few-shot experiment leaves.
 *
 * @param directory that they lie in
 * @param existing what to do with earlier ones
 */
record FewShotFiles(Path directory, Existing existing) {
  static final String CSV = "fewshot.csv";
  private static final String PNG = "fewshot.png";
  private static final String ABOUT = "fewshot.json";

  /** Refuses before any work what would be refused after it. */
  void requireFree() throws IOException {
    if (Files.exists(directory) && !Files.isDirectory(directory)) {
      throw new OutputException(
          new Problem(
              "a directory, or nothing yet",
              "a file",
              directory.toString(),
              "choose another place"),
          null);
    }
    if (existing == Existing.REPLACE) {
      return;
    }
    for (String name : List.of(CSV, PNG, ABOUT)) {
      if (Files.exists(directory.resolve(name))) {
        throw new OutputException(
            new Problem(
                "no earlier results",
                "a " + name,
                directory.toString(),
                "--force to replace them, or choose another place"),
            null);
      }
    }
  }

  /** What was done, and from what. */
  static JsonObject about(
      ModelArgument model,
      Upstream upstream,
      ImageDatasets.Split data,
      HyperRule rule,
      String command,
      RuntimeOptions runtime)
      throws IOException {
    JsonObject about = new JsonObject();
    about.addProperty("model", model.name());
    about.addProperty("content_id", ContentId.of(upstream.weights()).id());
    about.addProperty("architecture", upstream.architecture().name());
    about.addProperty("classes", data.train().classes().size());
    about.addProperty("train", data.train().size());
    about.addProperty("test", data.heldOut().size());
    about.addProperty("batch", rule.batch());
    about.addProperty("rate", rule.baseRate());
    about.addProperty("resize", rule.augmentation().resize());
    about.addProperty("crop", rule.augmentation().crop());
    about.addProperty("seed", runtime.seed());
    about.addProperty("command", command);
    return about;
  }

  /** Writes all; the table last. */
  void write(FewShotResult result, JsonObject about) throws IOException {
    try {
      Files.createDirectories(directory);
      String title = about.get("model").getAsString();
      byte[] png = FewShotChart.png(result, Path.of(title).getFileName().toString());
      String text = new GsonBuilder().setPrettyPrinting().create().toJson(about) + "\n";
      write(ABOUT, text.getBytes(StandardCharsets.UTF_8));
      write(PNG, png);
      write(CSV, result.csv().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw OutputException.whileWriting(directory, e);
    }
  }

  private void write(String name, byte[] bytes) throws IOException {
    AtomicFile.write(directory.resolve(name), existing, f -> Files.write(f, bytes));
  }
}
