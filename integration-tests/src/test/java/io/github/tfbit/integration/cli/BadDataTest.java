package io.github.tfbit.integration.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.checkpoints.DType;
import io.github.tfbit.checkpoints.Existing;
import io.github.tfbit.checkpoints.TensorInfo;
import io.github.tfbit.checkpoints.npy.NpyWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures, data sets and arrays that cannot be used: exit 1, four parts, nothing written. */
class BadDataTest {
  @TempDir private Path dir;
  private Path model;
  private Path data;
  private Path run;

  @BeforeEach
  void makeModelAndPictures() throws IOException {
    model = Fixtures.model(dir);
    data = Fixtures.data(dir);
    run = dir.resolve("run");
  }

  private void refusedToTrain(String... texts) {
    Cli.run(Fixtures.finetune(model, data, run, "--holdout", 0)).failed(texts);
    assertFalse(Files.exists(run));
  }

  private void cut(Path picture) throws IOException {
    byte[] whole = Files.readAllBytes(picture);
    Files.write(picture, Arrays.copyOf(whole, whole.length / 2));
  }

  @Test
  void refusesToTrainOnTextNamedJpg() throws IOException {
    Path text = Files.writeString(data.resolve("box/note.jpg"), "not a picture\n");
    refusedToTrain(text.toString(), "not a picture");
  }

  @Test
  void refusesToTrainOnPictureCutHalfWay() throws IOException {
    cut(data.resolve("box/3.jpg"));
    refusedToTrain(data.resolve("box/3.jpg").toString());
  }

  @Test
  void refusesEmptyClassFolder() throws IOException {
    Files.createDirectory(data.resolve("empty"));
    refusedToTrain("empty");
  }

  @Test
  void refusesOneClass() throws IOException {
    Path one = Files.createDirectory(dir.resolve("one"));
    Fixtures.picture(one.resolve("box/1.png"), 0, 1);
    data = one;
    refusedToTrain("at least two folders", "box");
  }

  @Test
  void answersGoodPicturesBesideBadOnes() throws IOException {
    Path text = Files.writeString(data.resolve("box/1.jpg"), "not a picture\n");
    cut(data.resolve("box/2.jpg"));
    Cli cli = Cli.run("predict", "--model", model, "--size", 32, 40, "--json", data.resolve("box"));
    assertEquals(1, cli.status());
    assertTrue(cli.err().contains(text.toString()), cli.err());
    assertTrue(cli.err().contains("2.jpg"), cli.err());
    assertEquals(6, cli.json().getAsJsonArray("predictions").size());
    assertEquals(
        List.of(true, false, false, true, true, true),
        cli.json().getAsJsonArray("predictions").asList().stream()
            .map(p -> p.getAsJsonObject().has("top"))
            .toList());
  }

  private Path array(DType dtype, Integer... shape) throws IOException {
    Path file = dir.resolve("pixels.npy");
    TensorInfo info = new TensorInfo("pixels", dtype, List.of(shape));
    try (NpyWriter npy = NpyWriter.create(file, info, Existing.REPLACE)) {
      npy.write(ByteBuffer.allocate((int) info.byteSize()));
      npy.commit();
    }
    return file;
  }

  private void refusedArray(Path npy, String... texts) {
    Path out = dir.resolve("out.npy");
    Cli.run("features", "--model", model, "--out", out, npy).failed(texts);
    assertFalse(Files.exists(out));
  }

  @Test
  void refusesArrayOfWrongRank() throws IOException {
    refusedArray(array(DType.FLOAT32, 32, 40, 3), "pixels.npy", "[32, 40, 3]");
  }

  @Test
  void refusesArrayOfWrongType() throws IOException {
    refusedArray(array(DType.FLOAT64, 1, 32, 40, 3), "pixels.npy", "FLOAT64");
  }

  @Test
  void refusesArrayOfWrongChannels() throws IOException {
    refusedArray(array(DType.FLOAT32, 1, 3, 32, 40), "pixels.npy", "[1, 3, 32, 40]");
  }

  @Test
  void refusesUnknownLayer() {
    Cli.run("features", "--model", model, "--out", dir.resolve("o.npy"), "--layer", "block9", data)
        .failed("block9", "root_block, block1, block2, block3, block4, pre_logits, logits");
  }

  @Test
  void refusesRunThatExists() throws IOException {
    Cli.run(Fixtures.finetune(model, data, run)).done();
    byte[] weights = Files.readAllBytes(run.resolve("model.npz"));
    Cli.run(Fixtures.finetune(model, data, run)).failed(run.toString(), "--force");
    assertTrue(Arrays.equals(weights, Files.readAllBytes(run.resolve("model.npz"))));
  }

  @Test
  void refusesUnfinishedRunAsModel() throws IOException {
    Cli.run(Fixtures.finetune(model, data, run)).done();
    Files.delete(run.resolve("model.npz"));
    Cli.run("predict", "--model", run, data.resolve("box/0.jpg")).failed(run.toString());
  }
}
