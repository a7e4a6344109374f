package io.github.tfbit.integration.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.tfbit.checkpoints.Existing;
import io.github.tfbit.checkpoints.bundle.BundleWriter;
import io.github.tfbit.checkpoints.npz.NpzWriter;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.converters.ContentId;
import io.github.tfbit.converters.labels.LabelSet;
import io.github.tfbit.converters.testing.SeededCheckpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What inspect says, to people and to programs. */
class InspectTest {
  private static final String KERNEL = "resnet/block3/unit01/b/standardized_conv2d/kernel";
  private static final int COLUMNS = 80;

  @TempDir private Path dir;
  private Path model;

  @BeforeEach
  void makeModel() throws IOException {
    model = Fixtures.model(dir);
  }

  private Path seeded(String name, int classes, long seed) throws IOException {
    Path file = dir.resolve(name);
    NpzWriter.write(file, SeededCheckpoint.of(Fixtures.TINY, classes, seed), Existing.REFUSE);
    return file;
  }

  private static String line(Cli cli, String label) {
    return cli.out().lines().filter(l -> l.startsWith(label)).findFirst().orElse("none");
  }

  @Test
  void saysWhatTheFileIsWithinEightyColumns() throws IOException {
    Cli cli = Cli.run("inspect", model, "--tensors").done();
    assertEquals("format        npz, float32, 527.0 kB", line(cli, "format"));
    assertEquals(
        "architecture  units 1-1-1-1, 8 root channels, 4 groups", line(cli, "architecture"));
    assertEquals("head          3 classes; kernel stored as [1, 1, 256, 3]", line(cli, "head"));
    assertTrue(line(cli, "activation").startsWith("activation    softmax, from the number"));
    assertEquals("labels        not known: answers are numbered from 0", line(cli, "labels"));
    assertEquals("defects       none known", line(cli, "defects"));
    List<String> wide =
        cli.out()
            .lines()
            .filter(l -> l.length() >= COLUMNS && !l.contains(dir.toString()))
            .toList();
    assertEquals(List.of(), wide);
  }

  @Test
  void listsEveryTensorsChecksumAndValues() {
    JsonObject json = Cli.run("inspect", model, "--tensors", "--json").done().json();
    JsonObject bias = null;
    for (JsonElement t : json.getAsJsonArray("tensors")) {
      bias = t.getAsJsonObject();
    }
    float[] values =
        SeededCheckpoint.of(Fixtures.TINY, Fixtures.CLASSES, 1).floats("resnet/head/conv2d/bias");
    assertEquals("resnet/head/conv2d/bias", bias.get("name").getAsString());
    assertEquals(8, bias.get("crc32c").getAsString().length());
    assertEquals(Math.min(values[0], Math.min(values[1], values[2])), bias.get("min").getAsFloat());
    assertEquals(Math.max(values[0], Math.max(values[1], values[2])), bias.get("max").getAsFloat());
    assertEquals(
        ((double) values[0] + values[1] + values[2]) / 3, bias.get("mean").getAsDouble(), 1e-15);
  }

  @Test
  void contentIdIsThatOfTheLibrary() throws IOException {
    JsonObject json = Cli.run("inspect", model, "--json").done().json();
    ContentId id = ContentId.of(SeededCheckpoint.of(Fixtures.TINY, Fixtures.CLASSES, 1));
    assertEquals(id.id(), json.get("content_id").getAsString());
    assertEquals(id.backboneId(), json.get("backbone_id").getAsString());
  }

  @Test
  void namesThatLieAreDefects() throws IOException {
    Path liar = dir.resolve("BiT-S-R50x3.npz");
    Architecture small = Architecture.named(Architecture.SMALL);
    NpzWriter.write(liar, SeededCheckpoint.of(small, 4, 1), Existing.REFUSE);
    Cli cli = Cli.run("inspect", liar).done();
    assertEquals(
        "defects       the name says R50x3, the tensors say R26x0.25", line(cli, "defects"));
  }

  @Test
  void namesWithoutAnArchitectureDoNotLie() throws IOException {
    for (String name : List.of("photos-150x100.npz", "R26x0.25.npz", "50x1000.npz")) {
      Path file = dir.resolve(name);
      Architecture small = Architecture.named(Architecture.SMALL);
      NpzWriter.write(file, SeededCheckpoint.of(small, 4, 1), Existing.REFUSE);
      assertEquals("defects       none known", line(Cli.run("inspect", file).done(), "defects"));
    }
  }

  @Test
  void guessesLabelsByTheNumberOfClassesAndSaysSo() throws IOException {
    Path thousand = seeded("thousand.npz", 1000, 2);
    assertEquals(
        "labels        assumed from the number of classes: ILSVRC-2012",
        line(Cli.run("inspect", thousand).done(), "labels"));
    Path picture = Fixtures.picture(dir.resolve("p.png"), 0, 1);
    Cli cli = Cli.run("predict", "--model", thousand, "--size", 32, 32, "--json", picture).done();
    assertTrue(cli.err().contains("assumed from 1,000 classes: ILSVRC-2012"), cli.err());
    assertEquals("assumed", cli.json().get("labels").getAsString());
    JsonObject best =
        cli.json()
            .getAsJsonArray("predictions")
            .get(0)
            .getAsJsonObject()
            .getAsJsonArray("top")
            .get(0)
            .getAsJsonObject();
    int index = best.get("index").getAsInt();
    assertEquals(LabelSet.ILSVRC2012.wordNetIds().get(index), best.get("wordnet_id").getAsString());
    assertEquals(LabelSet.ILSVRC2012.names().get(index), best.get("label").getAsString());
  }

  @Test
  void saysThatLabelsAreNotKnown() throws IOException {
    Path picture = Fixtures.picture(dir.resolve("p.png"), 0, 1);
    Cli cli = Cli.run("predict", "--model", model, "--size", 32, 32, "--json", picture).done();
    assertTrue(cli.err().contains("names of the classes are not known"), cli.err());
    assertEquals("unknown", cli.json().get("labels").getAsString());
  }

  @Test
  void countsTensorsOfTheGenuineModel() throws IOException {
    Path file = dir.resolve("R50x1.npz");
    Architecture r50x1 = Architecture.named("R50x1");
    NpzWriter.write(file, SeededCheckpoint.of(r50x1, 3, 1), Existing.REFUSE);
    assertEquals(
        "fingerprint   0 of 151 tensors equal the genuine BiT-M-R50x1",
        line(Cli.run("inspect", file).done(), "fingerprint"));
  }

  @Test
  void knowsWhatIsWrongWithPublishedFiles() throws IOException {
    Path file = seeded("BiT-M-R50x1-CIFAR10.npz", 3, 1);
    String defects = Cli.run("inspect", file, "--json").done().json().get("defects").toString();
    assertTrue(
        defects.contains("published BiT-M-R50x1-CIFAR10 has 10 classes, this file has 3 classes"),
        defects);
  }

  @Test
  void namesTheTensorsThatDiffer() throws IOException {
    Path other = dir.resolve("other.npz");
    NpzWriter.write(other, new EditedCheckpoint().withNaN(KERNEL, 7), Existing.REFUSE);
    Cli cli = Cli.run("inspect", model, "--against", other);
    assertEquals(1, cli.status());
    assertTrue(cli.out().contains("\n              1 of 45 tensors differ\n"), cli.out());
    assertTrue(cli.out().endsWith("\n  values      " + KERNEL + "\n"), cli.out());
  }

  @Test
  void knowsHeadsOnOneBackbone() throws IOException {
    Path four = seeded("four.npz", 4, 1);
    JsonObject against =
        Cli.run("inspect", model, "--json", "--against", four).json().getAsJsonObject("against");
    assertTrue(against.get("backbone_equal").getAsBoolean());
    assertEquals(
        "[{\"name\":\"resnet/head/conv2d/kernel\",\"kind\":\"shape\"},"
            + "{\"name\":\"resnet/head/conv2d/bias\",\"kind\":\"shape\"}]",
        against.get("differences").toString());
  }

  @Test
  void theSameWeightsAreTheSame() throws IOException {
    Cli cli = Cli.run("inspect", model, "--against", seeded("same.npz", 3, 1)).done();
    assertTrue(cli.out().contains("the same weights, bit for bit"), cli.out());
  }

  @Test
  void reportsNaNAndFails() throws IOException {
    Path bad = dir.resolve("bad.npz");
    NpzWriter.write(bad, new EditedCheckpoint().withNaN(KERNEL, 7), Existing.REFUSE);
    Cli cli = Cli.run("inspect", bad, "--json");
    assertEquals(1, cli.status());
    assertTrue(cli.err().contains("NaN at index 7"), cli.err());
    assertTrue(cli.err().contains("  what to do  "), cli.err());
    assertEquals(
        "[\"" + KERNEL + ": 1 value is NaN or infinite, the first at index 7\"]",
        cli.json().get("defects").toString());
  }

  @Test
  void noticesARunWhoseWeightsWereExchanged() throws IOException {
    Path run = dir.resolve("run");
    Cli.run(Fixtures.finetune(model, Fixtures.data(dir), run)).done();
    assertEquals("defects       none known", line(Cli.run("inspect", run).done(), "defects"));
    Files.delete(run.resolve("model.npz"));
    Files.copy(seeded("two.npz", 2, 5), run.resolve("model.npz"));
    String defects = Cli.run("inspect", run, "--json").done().json().get("defects").toString();
    assertTrue(defects.contains("not those that the run ended with"), defects);
  }

  @Test
  void findsTheShippedModelInAnyCase() {
    Cli cli = Cli.run("inspect", "TFBIT-r26X0.25").done();
    assertTrue(cli.out().contains("R26x0.25"), cli.out());
  }

  @Test
  void takesACheckpointByThePrefixOfItsFiles() throws IOException {
    Path prefix = dir.resolve("model.ckpt-500");
    try (SeededCheckpoint weights =
        SeededCheckpoint.of(new Architecture(List.of(1, 1, 1, 1), 8, 4), 3, 7)) {
      BundleWriter.write(prefix, weights, Existing.REFUSE);
    }
    Cli cli = Cli.run("inspect", prefix).done();
    assertTrue(cli.out().contains("TensorFlow checkpoint"), cli.out());
  }
}
