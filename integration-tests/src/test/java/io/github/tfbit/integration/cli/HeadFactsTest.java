package io.github.tfbit.integration.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import io.github.tfbit.checkpoints.Existing;
import io.github.tfbit.checkpoints.npz.NpzWriter;
import io.github.tfbit.converters.Activation;
import io.github.tfbit.converters.Head;
import io.github.tfbit.converters.HeadFacts;
import io.github.tfbit.converters.Interpolation;
import io.github.tfbit.converters.testing.SeededCheckpoint;
import io.github.tfbit.converters.write.Conversion;
import io.github.tfbit.converters.write.ModelCard;
import io.github.tfbit.converters.write.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is known of a head stays known, and no more than that, through the commands. */
class HeadFactsTest {
  private static final int ILSVRC2012 = 1000;

  @TempDir private Path dir;

  /** A model of which everything is known, its head a sigmoid. */
  private Path sigmoid() throws IOException {
    Optional<Head> head = Optional.of(new Head(Fixtures.CLASSES, Activation.SIGMOID));
    HeadFacts facts = HeadFacts.named(List.of("ant", "bee", "cat"));
    ModelCard card = new ModelCard(Fixtures.TINY, head, facts, 32, Interpolation.BILINEAR);
    Path out = dir.resolve("sigmoid");
    SeededCheckpoint weights = SeededCheckpoint.of(Fixtures.TINY, Fixtures.CLASSES, 1);
    Conversion.write(weights, card, Target.HF, out, Existing.REFUSE);
    return out;
  }

  private static JsonObject inspected(Path model) {
    return Cli.run("inspect", "--model", model, "--json").done().json();
  }

  @ParameterizedTest
  @ValueSource(strings = {"hf", "savedmodel"})
  void aSigmoidStaysASigmoid(String form) throws IOException {
    Path out = dir.resolve("out");
    Cli.run("convert", "--model", sigmoid(), "--to", form, "--out", out).done();
    JsonObject json = inspected(out);
    assertEquals("sigmoid", json.get("activation").getAsString());
    assertEquals("the model's own files", json.get("activation_source").getAsString());
    assertEquals("known", json.get("labels").getAsString());
  }

  @Test
  void whatAnNpzCannotSayIsSaid() throws IOException {
    Path out = dir.resolve("out.npz");
    Cli cli = Cli.run("convert", "--model", sigmoid(), "--to", "npz", "--out", out).done();
    assertTrue(cli.err().contains("npz has no place for the head's sigmoid"), cli.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"hf", "savedmodel"})
  void assumedNamesStayAssumed(String form) throws IOException {
    Path npz = dir.resolve("thousand.npz");
    NpzWriter.write(npz, SeededCheckpoint.of(Fixtures.TINY, ILSVRC2012, 1), Existing.REFUSE);
    Path out = dir.resolve("out");
    JsonObject said =
        Cli.run("convert", "--model", npz, "--to", form, "--out", out, "--json").done().json();
    assertEquals("assumed", said.get("labels").getAsString());
    JsonObject json = inspected(out);
    assertEquals("assumed", json.get("labels").getAsString());
    assertEquals(json.get("content_id"), said.get("content_id"));
  }

  @Test
  void aBackboneHasNoLabels() throws IOException {
    Path npz = dir.resolve("backbone.npz");
    NpzWriter.write(npz, SeededCheckpoint.of(Fixtures.TINY, 0, 1), Existing.REFUSE);
    assertEquals("none", inspected(npz).get("labels").getAsString());
  }

  @Test
  void anExportIsKnownAsOne() throws IOException {
    Cli.run("export", "--model", sigmoid(), "--out", dir.resolve("served")).done();
    Path export = dir.resolve("served/1");
    JsonObject json = inspected(export);
    assertEquals("tfbit-export", json.get("format").getAsString());
    assertEquals("sigmoid", json.get("activation").getAsString());
    assertEquals("known", json.get("labels").getAsString());
    assertTrue(json.get("defects").toString().contains("kernels are standardised"), json::toString);
    Path data = Fixtures.data(dir.resolve("data"));
    Cli.run(Fixtures.finetune(export, data, dir.resolve("again")))
        .failed("an export for serving", "name the run");
    assertFalse(Files.exists(dir.resolve("again")));
  }

  @Test
  void oneModelIsInspectedAtATime() throws IOException {
    Path model = Fixtures.model(dir);
    Cli.run("inspect").misused("expected a model M to inspect");
    Cli.run("inspect", model, "--model", model).misused("expected one model, found two");
  }

  @Test
  void anEndingThatPromisesAnotherFormIsADefect() throws IOException {
    Path wrong = Files.copy(Fixtures.model(dir), dir.resolve("model.safetensors"));
    assertEquals(
        List.of("\"the name ends in .safetensors, the bytes are npz\""),
        inspected(wrong).getAsJsonArray("defects").asList().stream()
            .map(Object::toString)
            .toList());
  }
}
