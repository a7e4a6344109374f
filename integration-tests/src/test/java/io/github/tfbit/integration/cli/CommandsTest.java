package io.github.tfbit.integration.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole commands on a tiny network and drawn pictures. */
class CommandsTest {
  @TempDir private Path dir;
  private Path model;
  private Path data;

  @BeforeEach
  void makeModelAndPictures() throws IOException {
    model = Fixtures.model(dir);
    data = Fixtures.data(dir);
  }

  @Test
  void fineTunesEvaluatesPredictsAndExports() throws IOException {
    Path run = dir.resolve("run");
    JsonObject trained =
        Cli.run(Fixtures.finetune(model, data, run, "--eval-every", 1, "--json")).done().json();
    assertEquals(4, trained.get("steps").getAsInt());
    assertEquals(List.of("box", "disc"), Files.readAllLines(run.resolve("labels.txt")));

    JsonObject judged = Cli.run("evaluate", "--model", run, "--data", data, "--json").done().json();
    assertEquals(trained.get("top1").getAsDouble(), judged.get("top1").getAsDouble());
    assertEquals(2, judged.get("examples").getAsInt());

    String tables = Cli.run("evaluate", "--model", run, "--data", data).done().out();
    assertTrue(tables.lines().allMatch(l -> l.length() <= 80), tables);
    assertTrue(tables.contains("top-1"), tables);
    assertTrue(tables.contains("95 % interval"), tables);
    assertTrue(tables.lines().anyMatch(l -> l.startsWith("disc")), tables);

    Cli predicted = Cli.run("predict", data.resolve("box/0.jpg"), "--model", run).done();
    assertTrue(predicted.err().startsWith(run + ": units 1-1-1-1"), predicted.err());
    assertTrue(predicted.err().contains("32 x 32 px on CPU"), predicted.err());
    assertEquals(
        List.of("box", "disc"),
        predicted.out().lines().skip(1).map(l -> l.substring(12)).sorted().toList());

    Path base = dir.resolve("models");
    Cli exported = Cli.run("export", "--model", run, "--out", base).done();
    assertEquals(base.resolve("1").toString(), exported.out().strip());
    assertEquals(
        base.resolve("2").toString(),
        Cli.run("export", "--model", run, "--out", base).done().out().strip());
    assertTrue(Files.exists(base.resolve("2/saved_model.pb")));
    Cli.run("export", "--model", run, "--out", base, "--version", 2).failed("2", "--force");
  }

  @Test
  void sameSeedGivesSameBytes() throws IOException {
    Path one = dir.resolve("one");
    Path two = dir.resolve("two");
    Cli.run(Fixtures.finetune(model, data, one, "--seed", 5)).done();
    Cli.run(Fixtures.finetune(model, data, two, "--seed", 5, "--force")).done();
    assertArrayEquals(
        Files.readAllBytes(one.resolve("model.npz")), Files.readAllBytes(two.resolve("model.npz")));
  }

  @Test
  void writesFeaturesAndWhichPictureIsInWhichRow() throws IOException {
    Path out = dir.resolve("f.npy");
    Cli cli =
        Cli.run(
                "features",
                data,
                "--size",
                32,
                40,
                "--layer",
                "block2",
                "--out",
                out,
                "--model",
                model,
                "--json")
            .done();
    assertEquals("[12,4,5,64]", cli.json().get("shape").toString());
    List<String> rows = Files.readAllLines(dir.resolve("f.csv"));
    assertEquals("row,path", rows.get(0));
    assertEquals("0," + data.resolve("box/0.jpg"), rows.get(1));
    assertEquals("11," + data.resolve("disc/5.png"), rows.get(12));
  }

  @Test
  void takesPixelsAsTheyAre() throws IOException {
    Path pixels = dir.resolve("root.npy");
    Path out = dir.resolve("again.npy");
    int[] shape = {2, 32, 40, 3};
    try (var npy =
        io.github.tfbit.checkpoints.npy.NpyWriter.float32(
            pixels, io.github.tfbit.checkpoints.Existing.REFUSE, shape)) {
      npy.write(new float[2 * 32 * 40 * 3]);
      npy.commit();
    }
    Cli cli = Cli.run("features", "--model", model, "--out", out, pixels, "--json").done();
    assertEquals("[2,256]", cli.json().get("shape").toString());
    assertTrue(Files.notExists(dir.resolve("again.csv")));
    Cli said = Cli.run("features", "--model", model, "--out", out, "--force", pixels).done();
    assertTrue(said.err().contains("at 32 x 40 px"), said.err());
    Cli.run("features", "--model", model, "--out", out, "--size", 8, 8, pixels).misused("--size");
  }

  @Test
  void refusesPixelsThatAreNotFinite() throws IOException {
    Path pixels = dir.resolve("nan.npy");
    float[] values = new float[2 * 32 * 32 * 3];
    values[32 * 32 * 3 + 5] = Float.NaN;
    try (var npy =
        io.github.tfbit.checkpoints.npy.NpyWriter.float32(
            pixels, io.github.tfbit.checkpoints.Existing.REFUSE, 2, 32, 32, 3)) {
      npy.write(values);
      npy.commit();
    }
    Cli.run("features", "--model", model, "--out", dir.resolve("f.npy"), pixels)
        .failed("nan.npy", "row 1");
  }

  @Test
  void recordsTheUpstreamAsTheUserNamedIt() throws IOException {
    Path run = dir.resolve("named");
    Cli.run(Fixtures.finetune(Path.of("tfbit-R26x0.25"), data, run)).done();
    String provenance = Files.readString(run.resolve("provenance.json"));
    assertTrue(provenance.contains("\"upstream\": \"tfbit-R26x0.25\""), provenance);
  }

  @Test
  void writesPredictionsAsTable() throws IOException {
    Path csv = dir.resolve("p.csv");
    Cli.run(
            "predict",
            "--model",
            model,
            "--top",
            2,
            "--csv",
            csv,
            "--scores",
            "logit",
            "--quiet",
            "--size",
            32,
            32,
            data.resolve("disc"))
        .done();
    List<String> lines = Files.readAllLines(csv);
    assertEquals(1 + 6 * 2, lines.size());
    assertEquals("path,rank,index,label,score", lines.get(0));
    assertTrue(lines.get(1).startsWith(data.resolve("disc/0.png") + ",1,"), lines.get(1));
  }

  @Test
  void quietSaysNothingBesideTheResult() {
    Cli cli =
        Cli.run("predict", "--quiet", "--size", 32, 32, "--model", model, data.resolve("box"));
    assertEquals("", cli.done().err());
    assertEquals(6 * (1 + 3), cli.out().lines().count());
  }

  @Test
  void inspectsByContent() {
    JsonObject json = Cli.run("inspect", model, "--json", "--tensors").done().json();
    assertEquals(3, json.get("classes").getAsInt());
    assertEquals(256, json.get("features").getAsInt());
    assertEquals(4, json.get("groups").getAsInt());
    assertEquals("softmax", json.get("activation").getAsString());
    assertEquals(
        json.get("parameters").getAsLong(),
        json.getAsJsonArray("tensors").asList().stream()
            .mapToLong(
                t ->
                    t.getAsJsonObject().getAsJsonArray("shape").asList().stream()
                        .mapToLong(d -> d.getAsLong())
                        .reduce(1, (a, b) -> a * b))
            .sum());
  }

  @Test
  void preTrainsWithoutSomeClasses() throws IOException {
    for (int i = 0; i < 6; i++) {
      Fixtures.picture(data.resolve("wedge/" + i + ".bmp"), 2, i);
    }
    Path run = dir.resolve("run");
    Cli.run(
            "pretrain",
            "--arch",
            "R26x0.25",
            "--data",
            data,
            "--out",
            run,
            "--epochs",
            1,
            "--batch",
            3,
            "--resize",
            36,
            "--crop",
            32,
            "--exclude",
            "disc",
            "--limit",
            3)
        .done();
    assertEquals(List.of("box", "wedge"), Files.readAllLines(run.resolve("labels.txt")));
    assertEquals(
        "R26x0.25",
        Cli.run("inspect", run, "--json").done().json().get("architecture").getAsString());
  }

  @Test
  void benchesAndChecks() {
    JsonObject json =
        Cli.run(
                "bench",
                "--mode",
                "infer",
                "--arch",
                "R26x0.25",
                "--size",
                32,
                "--runs",
                2,
                "--streams",
                3,
                "--json")
            .done()
            .json();
    assertEquals(3, json.get("streams").getAsInt());
    assertTrue(json.get("images_per_second").getAsDouble() > 0);
    assertTrue(json.get("spread").getAsDouble() >= 0);
    assertTrue(json.get("device").getAsString().startsWith("CPU"));
    assertTrue(json.getAsJsonObject("versions").has("tensorflow"));
  }

  @Test
  void leavesNoTemporaryFiles() throws IOException {
    Cli.run("predict", "--model", model, "--size", 32, 32, data, "--csv", dir.resolve("p.csv"))
        .done();
    try (Stream<Path> files = Files.list(dir)) {
      assertEquals(
          List.of("data", "p.csv", "tiny.npz"),
          files.map(f -> f.getFileName().toString()).sorted().toList());
    }
  }
}
