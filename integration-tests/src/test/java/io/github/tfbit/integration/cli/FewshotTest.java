package io.github.tfbit.integration.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FewshotTest {
  @TempDir private Path dir;

  private Object[] fewshot(Path out, Object... more) throws IOException {
    Path model = dir.resolve("tiny.npz");
    Path data = dir.resolve("data");
    if (!Files.exists(model)) {
      Files.move(Fixtures.model(dir), model);
      Files.move(Fixtures.data(dir), data);
    }
    List<Object> all = new ArrayList<>(List.of("fewshot", "--model", model, "--data", data));
    all.addAll(List.of("--out", out, "--steps", 3, "--batch", 6, "--resize", 40));
    all.addAll(List.of(more));
    return all.toArray();
  }

  @Test
  void writesTheSameTableForTheSameSeed() throws IOException {
    Path out = dir.resolve("few/results");
    Cli.run(fewshot(out, "--shots", "2,full,1", "--subsets", 2, "--crop", 32)).done();
    List<String> lines = Files.readAllLines(out.resolve("fewshot.csv"));
    assertEquals("shots,subset,steps,accuracy,method", lines.get(0));
    assertEquals(6, lines.size());
    for (int i = 0; i < 5; i++) {
      String shots = List.of("1,0", "1,1", "2,0", "2,1", "full,0").get(i);
      assertTrue(lines.get(i + 1).matches(shots + ",3,[01]\\.\\d{6},finetune"), lines.get(i + 1));
    }
    assertTrue(Files.size(out.resolve("fewshot.png")) > 1000);
    assertTrue(Files.readString(out.resolve("fewshot.json")).contains("\"batch\": 6"));
    Path again = dir.resolve("again");
    Cli.run(fewshot(again, "--shots", "1,2,full", "--subsets", 2, "--crop", 32, "--json")).done();
    assertArrayEquals(
        Files.readAllBytes(out.resolve("fewshot.csv")),
        Files.readAllBytes(again.resolve("fewshot.csv")));
    Cli refused = Cli.run(fewshot(out, "--shots", "1")).failed("no earlier results");
    assertTrue(refused.err().contains("--force"), refused.err());
  }

  @Test
  void refusesTooFewPicturesBeforeTheFirstTraining() throws IOException {
    Path out = dir.resolve("few");
    Cli cli = Cli.run(fewshot(out, "--shots", "1,5000")).failed("5000 asked");
    assertFalse(Files.exists(out.resolve("fewshot.csv")));
    assertFalse(cli.err().contains("subset"), cli.err()); // a line of each training names it
  }

  @Test
  void refusesSettingsThatDoNotFit() throws IOException {
    Path out = dir.resolve("few");
    Cli.run(fewshot(out, "--shots", "none")).misused("whole numbers of at least 1, or full");
    Cli.run(fewshot(out, "--shots", "1", "--method", "magic"))
        .misused("finetune, scratch, frozen or probe");
    Cli.run(fewshot(out, "--shots", "1")).failed("settings that fit each other");
  }
}
