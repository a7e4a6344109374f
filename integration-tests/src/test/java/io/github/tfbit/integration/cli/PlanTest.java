package io.github.tfbit.integration.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanTest {
  @TempDir private Path dir;
  private List<Object> finetune;

  @BeforeEach
  void drawData() throws IOException {
    finetune =
        List.of(
            "finetune",
            "--model",
            Fixtures.model(dir),
            "--data",
            Fixtures.data(dir),
            "--out",
            dir.resolve("run"));
  }

  private Object[] with(Object... more) {
    List<Object> all = new ArrayList<>(finetune);
    all.addAll(List.of(more));
    return all.toArray();
  }

  @Test
  void tellsWhatARunWouldDoAndWritesNothing() {
    Cli cli =
        Cli.run(with("--dry-run", "--steps", 9, "--batch", 6, "--resize", 40, "--crop", 32)).done();
    assertFalse(Files.exists(dir.resolve("run")));
    assertTrue(cli.out().contains("schedule   9 steps of 6 pictures (the rule: 500 steps of 512)"));
    assertTrue(cli.out().contains("1  as it is asked for"), cli.out());
    assertTrue(cli.out().contains("2  --freeze backbone"), cli.out());
    assertFalse(cli.out().contains("--batch 128"), cli.out());
    cli.out().lines().forEach(line -> assertTrue(line.length() <= 80, line));
  }

  @Test
  void tellsItAsJson() {
    Cli cli =
        Cli.run(
                with(
                    "--dry-run",
                    "--json",
                    "--steps",
                    9,
                    "--batch",
                    6,
                    "--resize",
                    40,
                    "--crop",
                    32))
            .done();
    JsonObject plan = JsonParser.parseString(cli.out()).getAsJsonObject();
    JsonObject asked = plan.getAsJsonArray("ways").get(0).getAsJsonObject();
    assertEquals(9, asked.get("steps").getAsInt());
    assertTrue(asked.getAsJsonObject("seconds").get("total").getAsDouble() > 0, cli.out());
    assertTrue(asked.get("memory_bytes").getAsLong() > 500_000_000L, cli.out());
    assertTrue(plan.get("memory_capacity_bytes").getAsLong() > 0, cli.out());
  }

  @Test
  void refusesWhatCannotFitWithTheNumberThatWould() {
    Object[] huge = {"--batch", 1 << 22, "--batch-split", 1, "--resize", 128, "--crop", 128};
    Cli.run(with(huge)).failed("--batch-split");
    assertFalse(Files.exists(dir.resolve("run")));
  }

  @Test
  void takesTimesAsPeopleWriteThem() {
    Cli.run(with("--within", "soon")).misused("expected a time such as 8h, 90m or 1d12h");
    Cli.run(with("--within", "0h")).misused("expected a time such as 8h");
    Cli.run(with("--within", "1d12h", "--steps", 2, "--batch", 6, "--resize", 40, "--crop", 32))
        .done();
    assertTrue(Files.exists(dir.resolve("run/model.npz")));
  }
}
