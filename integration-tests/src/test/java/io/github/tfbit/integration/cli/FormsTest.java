package io.github.tfbit.integration.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.google.gson.JsonObject;
import io.github.tfbit.checkpoints.Existing;
import io.github.tfbit.checkpoints.npz.NpzWriter;
import io.github.tfbit.converters.Activation;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.converters.ContentId;
import io.github.tfbit.converters.Head;
import io.github.tfbit.converters.HeadFacts;
import io.github.tfbit.converters.Interpolation;
import io.github.tfbit.converters.testing.SeededCheckpoint;
import io.github.tfbit.converters.write.Conversion;
import io.github.tfbit.converters.write.ModelCard;
import io.github.tfbit.converters.write.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One answer for one picture, whatever form the weights came in and whatever range that form's own
 * runtime wants its pictures in.
 */
class FormsTest {
  @TempDir private Path dir;
  private Path picture;

  @BeforeEach
  void drawPicture() throws IOException {
    picture = Fixtures.picture(dir.resolve("pictures/p.png"), 1, 2);
  }

  private Path tiny(Target target, String name) throws IOException {
    Head head = new Head(Fixtures.CLASSES, Activation.SOFTMAX);
    ModelCard card =
        new ModelCard(Fixtures.TINY, Optional.of(head), HeadFacts.NONE, 96, Interpolation.BICUBIC);
    Path out = dir.resolve(name);
    SeededCheckpoint weights = SeededCheckpoint.of(Fixtures.TINY, Fixtures.CLASSES, 1);
    Conversion.write(weights, card, target, out, Existing.REFUSE);
    return out;
  }

  private List<Path> forms() throws IOException {
    Path numbered = dir.resolve("numbered.npz");
    NpzWriter.write(numbered, new EditedCheckpoint().numbered(), Existing.REFUSE);
    Path hf = tiny(Target.HF, "hf");
    Path hub = tiny(Target.SAVEDMODEL, "hub");
    return List.of(
        numbered, hf, hf.resolve("model.safetensors"), hub, TarGzFile.of(hf), TarGzFile.of(hub));
  }

  /** The size is the default one: it may not depend on the form either. */
  private JsonObject predicted(Path model, Object... more) {
    Object[] command = {"predict", "--model", model, "--json", "--scores", "logit", picture};
    Object[] all = java.util.Arrays.copyOf(command, command.length + more.length);
    System.arraycopy(more, 0, all, command.length, more.length);
    JsonObject json = Cli.run(all).done().json();
    json.remove("model");
    return json;
  }

  private byte[] logits(Path model, Object side) throws IOException {
    Path out = dir.resolve("logits.npy");
    Cli.run(
            "features",
            "--model",
            model,
            "--layer",
            "logits",
            "--out",
            out,
            "--force",
            picture,
            "--size",
            side,
            side)
        .done();
    return Files.readAllBytes(out);
  }

  @Test
  void predictAnswersAlikeAtTheDefaultSize() throws IOException {
    Path npz = tiny(Target.NPZ, "tiny.npz");
    JsonObject expected = predicted(npz);
    for (Path form : forms()) {
      assertEquals(expected, predicted(form), form.toString());
    }
  }

  @Test
  void logitsAndContentIdAreEqualToTheLastBit() throws IOException {
    byte[] expected = logits(tiny(Target.NPZ, "tiny.npz"), 48);
    String id = ContentId.of(SeededCheckpoint.of(Fixtures.TINY, Fixtures.CLASSES, 1)).id();
    for (Path form : forms()) {
      assertArrayEquals(expected, logits(form, 48), form.toString());
      assertEquals(
          id,
          Cli.run("inspect", form, "--json").done().json().get("content_id").getAsString(),
          form.toString());
    }
  }

  @Test
  void fineTunesFromAnotherForm() throws IOException {
    Path data = Fixtures.data(dir);
    Path expected = dir.resolve("expected");
    Cli.run(Fixtures.finetune(tiny(Target.NPZ, "tiny.npz"), data, expected)).done();
    Path form = TarGzFile.of(tiny(Target.HF, "hf"));
    Path run = dir.resolve("run");
    Cli.run(Fixtures.finetune(form, data, run)).done();
    assertEquals(-1, Files.mismatch(expected.resolve("model.npz"), run.resolve("model.npz")));
  }

  @Test
  void timmsFormAnswersAlikeToo() throws IOException {
    Architecture r50x1 = Architecture.named("R50x1");
    SeededCheckpoint weights = SeededCheckpoint.of(r50x1, 4, 9);
    Path npz = dir.resolve("r50x1.npz");
    NpzWriter.write(npz, weights, Existing.REFUSE);
    Path timm = dir.resolve("r50x1.safetensors");
    Head head = new Head(4, Activation.SOFTMAX);
    ModelCard card =
        new ModelCard(r50x1, Optional.of(head), HeadFacts.NONE, 224, Interpolation.BICUBIC);
    Conversion.write(weights, card, Target.TIMM, timm, Existing.REFUSE);
    assertEquals(predicted(npz, "--size", 64, 64), predicted(timm, "--size", 64, 64));
  }

  /** Google's modules want [0, 1] and scale inside, the others [-1, 1]. */
  @Test
  @Tag("golden")
  @Tag("python")
  void modulesThatWantAnotherRangeAnswerAlike() throws Exception {
    Path made = dir.resolve("made");
    makeFormats(made);
    Path npz = made.resolve("BiT-seeded-R50x1.npz");
    assertEquals("[-1,1]", range(npz));
    JsonObject expected = predicted(npz, "--size", 64, 64);
    for (String form : List.of("hub1", "hub2")) {
      Path module = made.resolve("BiT-seeded-R50x1." + form);
      assertEquals("[0,1]", range(module));
      assertEquals(expected, predicted(module, "--size", 64, 64), form);
    }
    Path h5 = made.resolve("BiT-seeded-R50x1.h5");
    assertEquals("[-1,1]", range(h5));
    assertEquals(expected, predicted(h5, "--size", 64, 64));
  }

  private static String range(Path model) {
    return Cli.run("inspect", model, "--json").done().json().get("input_range").toString();
  }

  private static void makeFormats(Path made) throws IOException, InterruptedException {
    String python = System.getProperty("tfbit.python");
    String shared = System.getProperty("tfbit.shared");
    assertNotNull(python, "expected -Dtfbit.python=INTERPRETER with TensorFlow and h5py");
    assertNotNull(shared, "expected -Dtfbit.shared=DIRECTORY");
    ProcessBuilder builder =
        new ProcessBuilder(
                python,
                Path.of(shared, "tools", "make_formats.py").toString(),
                "--seed",
                "11",
                "--formats",
                "npz,h5,hub1,hub2",
                "--out",
                made.toString())
            .redirectErrorStream(true);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
  }
}
