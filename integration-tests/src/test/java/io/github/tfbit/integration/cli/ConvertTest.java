package io.github.tfbit.integration.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code tfbit convert} on a tiny network. */
class ConvertTest {
  @TempDir private Path dir;
  private Path model;

  @BeforeEach
  void makeModel() throws IOException {
    model = Fixtures.model(dir);
  }

  private static JsonObject convert(Path model, String to, Path out) {
    return Cli.run("convert", "--model", model, "--to", to, "--out", out, "--json").done().json();
  }

  @ParameterizedTest
  @ValueSource(strings = {"npz", "hf", "savedmodel"})
  void thereAndBackIsTheSameFile(String form) throws IOException {
    Path there = dir.resolve("there");
    JsonObject json = convert(model, form, there);
    assertEquals(form, json.get("to").getAsString());
    JsonObject back = convert(there, "npz", dir.resolve("back.npz"));
    assertEquals(json.get("content_id"), back.get("content_id"));
    assertEquals(Files.size(model), back.get("bytes").getAsLong());
    assertEquals(-1, Files.mismatch(model, dir.resolve("back.npz")));
  }

  @Test
  void saysWhatWasWritten() {
    Path out = dir.resolve("m");
    Cli cli = Cli.run("convert", "--out", out, "--to", "HF", "--model", model).done();
    assertTrue(cli.out().startsWith(out + "  "), cli.out());
    assertTrue(cli.out().contains("content id "), cli.out());
    assertTrue(cli.err().contains("to write as Hugging Face safetensors"), cli.err());
  }

  @Test
  void namesAndSizeOfARunTravel() throws IOException {
    Path run = dir.resolve("run");
    Cli.run(Fixtures.finetune(model, Fixtures.data(dir), run)).done();
    convert(run, "hf", dir.resolve("m"));
    JsonObject config = json(dir.resolve("m/config.json"));
    assertEquals("box", config.getAsJsonObject("id2label").get("0").getAsString());
    assertEquals(1, config.getAsJsonObject("label2id").get("disc").getAsInt());
    JsonObject processor = json(dir.resolve("m/preprocessor_config.json"));
    assertEquals(32, processor.getAsJsonObject("size").get("height").getAsInt());
    convert(run, "savedmodel", dir.resolve("s"));
    assertEquals(List.of("box", "disc"), Files.readAllLines(dir.resolve("s/assets/labels.txt")));
  }

  private static JsonObject json(Path file) throws IOException {
    return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
  }

  @Test
  void refusesWhatTheReaderDoesNotHave() {
    Cli.run("convert", "--model", model, "--to", "timm", "--out", dir.resolve("m"))
        .failed("which timm has", "write hf or npz instead");
    assertFalse(Files.exists(dir.resolve("m")));
  }

  @Test
  void replacesNothingUnasked() throws IOException {
    Path out = Files.writeString(dir.resolve("a.npz"), "mine");
    Cli.run("convert", "--model", model, "--to", "npz", "--out", out).failed("--force");
    assertEquals("mine", Files.readString(out));
    Cli.run("convert", "--model", model, "--to", "npz", "--out", out, "--force").done();
    assertEquals(-1, Files.mismatch(model, out));
  }

  @Test
  void aFileMayReplaceItself() throws IOException {
    byte[] before = Files.readAllBytes(model);
    Cli.run("convert", "--model", model, "--to", "npz", "--out", model, "--force").done();
    assertEquals(before.length, Files.size(model));
  }

  @Test
  void anUnknownFormIsMisuse() {
    Cli.run("convert", "--model", model, "--to", "onnx", "--out", dir.resolve("m"))
        .misused("npz, timm, hf or savedmodel");
  }
}
