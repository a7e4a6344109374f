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

/** What is said of data before it is used, and what happens to what is wrong with it. */
class SurveyTest {
  @TempDir private Path dir;
  private Path data;

  @BeforeEach
  void drawPictures() throws IOException {
    data = Fixtures.data(dir);
  }

  @Test
  void saysWhatIsInAFolder() {
    Cli cli = Cli.run("survey", data).done();
    assertEquals(
        List.of(
            "all: 12 pictures of 2 classes (6 to 6 each): 6 JPEG, 6 PNG",
            "  height and width 32 x 40",
            "12 pictures decoded, 0 of them in an earlier check; 0 cannot be"),
        cli.out().lines().toList());
  }

  @Test
  void saysItInJson() throws IOException {
    Files.copy(data.resolve("box/1.jpg"), data.resolve("disc/same.jpg"));
    JsonObject json = Cli.run("survey", data, "--json").done().json();
    JsonObject all = json.getAsJsonObject("splits").getAsJsonObject("all");
    assertEquals(13, all.get("pictures").getAsInt());
    assertEquals("{\"jpeg\":7,\"png\":6}", all.get("formats").toString());
    assertEquals(
        "[{\"first_split\":\"all\",\"first\":\"box/1.jpg\",\"second_split\":\"all\","
            + "\"second\":\"disc/same.jpg\"}]",
        json.getAsJsonObject("check").get("same").toString());
  }

  @Test
  void endsWithOneWhereAPictureIsBad() throws IOException {
    Path bad = Files.writeString(data.resolve("box/note.jpg"), "Dear diary");
    Cli cli = Cli.run("survey", data);
    assertEquals(1, cli.status());
    assertTrue(
        cli.out().contains("  " + bad + ": 10 bytes that start with \"Dear diary\""), cli.out());
  }

  @Test
  void namesAllBadPicturesBeforeTraining() throws IOException {
    Path one = Files.writeString(data.resolve("box/note.jpg"), "x");
    Path other = Files.writeString(data.resolve("disc/note.png"), "y");
    Path run = dir.resolve("run");
    Cli.run(Fixtures.finetune(Fixtures.model(dir), data, run, "--holdout", 0))
        .failed("2 that cannot be", one.toString(), other.toString(), "--skip-bad");
    assertFalse(Files.exists(run));
  }

  @Test
  void goesOnWithoutThemWhenAsked() throws IOException {
    Path run = dir.resolve("run");
    Path again = dir.resolve("again");
    Path model = Fixtures.model(dir);
    Cli.run(Fixtures.finetune(model, data, run, "--holdout", 0)).done();
    Files.writeString(data.resolve("box/note.jpg"), "x");
    Cli cli = Cli.run(Fixtures.finetune(model, data, again, "--holdout", 0, "--skip-bad")).done();
    assertTrue(cli.err().contains("goes on without 1 picture that cannot be decoded"), cli.err());
    assertEquals(
        -1, Files.mismatch(run.resolve("model.npz"), again.resolve("model.npz")), "same weights");
  }

  @Test
  void decodesForARunAsItsTrainingDid() throws IOException {
    Path run = dir.resolve("run");
    Path model = Fixtures.model(dir);
    Object[] options = {"--holdout", 0, "--exif", "--background", "255,0,255"};
    Cli.run(Fixtures.finetune(model, data, run, options)).done();
    JsonObject json =
        JsonParser.parseString(Files.readString(run.resolve("run.json"))).getAsJsonObject();
    assertTrue(json.get("exif").getAsBoolean());
    assertEquals("[255,0,255]", json.get("background").toString());
    Cli export = Cli.run("export", "--model", run, "--out", dir.resolve("export")).done();
    assertTrue(export.err().contains("an export does not turn"), export.err());
  }

  @Test
  void takesWebpWhereverPicturesAre() throws IOException {
    Path made =
        Path.of("..", "tfbit", "src", "test", "resources", "io", "github", "tfbit", "image");
    Files.copy(made.resolve("exif6.webp"), data.resolve("box/turned.webp"));
    Files.copy(made.resolve("lossy-alpha.webp"), data.resolve("disc/fading.webp"));
    JsonObject all =
        Cli.run("survey", data, "--json")
            .done()
            .json()
            .getAsJsonObject("splits")
            .getAsJsonObject("all");
    assertEquals("{\"jpeg\":6,\"png\":6,\"webp\":2}", all.get("formats").toString());
    assertEquals("{\"turned\":1,\"transparent\":1,\"tiny\":2}", all.get("found").toString());
    Path run = dir.resolve("run");
    Cli.run(Fixtures.finetune(Fixtures.model(dir), data, run, "--holdout", 0)).done();
    Cli predicted = Cli.run("predict", "--model", run, "--json", data.resolve("box")).done();
    assertEquals(7, predicted.json().getAsJsonArray("predictions").size());
  }

  @Test
  void refusesColoursThatAreNone() throws IOException {
    Path model = Fixtures.model(dir);
    Cli.run(Fixtures.finetune(model, data, dir.resolve("run"), "--background", "1,2"))
        .misused("expected three numbers from 0 to 255, such as 255,255,255, found '1,2'");
  }
}
