package io.github.tfbit.integration.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.checkpoints.Existing;
import io.github.tfbit.checkpoints.npy.NpyWriter;
import io.github.tfbit.converters.testing.SeededTensors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One checkpoint in every form that the public tools write, and each packed as {@code .tar.gz}: the
 * same logits to the last bit through {@code features}, and one content id.
 */
@Tag("golden")
@Tag("python")
@Tag("large")
class PublishedFormatsTest {
  /** What {@code make_formats.py} adds to a name, form by form. */
  private static final List<String> SUFFIXES =
      List.of(".npz", "-odd.npz", ".h5", ".hub2", ".hub1", ".timm.safetensors", ".hf.safetensors");

  private static final List<String> TARGETS = List.of("npz", "timm", "hf", "savedmodel");

  @TempDir Path dir;

  /** Two seeds for ever and another at each run. */
  static IntStream seeds() {
    return IntStream.of(7, 20, new SplittableRandom().nextInt(1000, 1_000_000));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyFormGivesTheSameLogitsAndOneContentId(int seed) throws Exception {
    String classes = seed % 2 == 0 ? "1000" : "10";
    Path made = makeFormats(seed, classes);
    Path images = dir.resolve("images.npy");
    try (NpyWriter npy = NpyWriter.float32(images, Existing.REFUSE, 2, 64, 96, 3)) {
      npy.write(SeededTensors.images(seed, 2, 64, 96, 3));
      npy.commit();
    }
    ByteBuffer logits = null;
    String contentId = null;
    for (String suffix : SUFFIXES) {
      Path form = made.resolve("BiT-seeded-R50x1" + suffix);
      for (Path model : List.of(form, packed(form))) {
        Answer answer = answer(model, images);
        logits = logits == null ? answer.logits : logits;
        contentId = contentId == null ? answer.contentId : contentId;
        String which = model.getFileName() + ", seed " + seed;
        assertEquals(logits, answer.logits, which);
        assertEquals(contentId, answer.contentId, which);
      }
    }
  }

  /** Whatever form the weights came in, they leave in the same bytes. */
  @Test
  void everyFormIsWrittenInEveryWritableFormToTheSameBytes() throws Exception {
    Path made = makeFormats(7, "10");
    Map<String, List<byte[]>> first = new HashMap<>();
    for (String suffix : SUFFIXES) {
      Path form = made.resolve("BiT-seeded-R50x1" + suffix);
      for (String target : TARGETS) {
        Path out = dir.resolve("out-" + target + (target.equals("npz") ? ".npz" : ""));
        Cli.run("convert", "--model", form, "--to", target, "--out", out).done();
        List<byte[]> bytes = contents(out);
        List<byte[]> expected = first.computeIfAbsent(target, t -> bytes);
        assertEquals(expected.size(), bytes.size(), target + " of " + suffix);
        for (int i = 0; i < bytes.size(); i++) {
          assertArrayEquals(expected.get(i), bytes.get(i), target + " of " + suffix);
        }
        delete(out);
      }
    }
    byte[] numpys = Files.readAllBytes(made.resolve("BiT-seeded-R50x1.npz"));
    assertArrayEquals(numpys, first.get("npz").get(0));
  }

  private static List<byte[]> contents(Path out) throws IOException {
    List<byte[]> contents = new ArrayList<>();
    try (Stream<Path> files = Files.walk(out)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        contents.add(Files.readAllBytes(file));
      }
    }
    return contents;
  }

  private static void delete(Path out) throws IOException {
    try (Stream<Path> files = Files.walk(out)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private Path makeFormats(int seed, String classes) throws Exception {
    Path made = dir.resolve("made");
    run(
        property("tfbit.python"),
        Path.of(property("tfbit.shared"), "tools", "make_formats.py").toString(),
        "--arch",
        "R50x1",
        "--classes",
        classes,
        "--seed",
        String.valueOf(seed),
        "--out",
        made.toString());
    return made;
  }

  private record Answer(ByteBuffer logits, String contentId) {}

  private Answer answer(Path model, Path images) throws IOException {
    Path out = Files.createTempFile(dir, "logits", ".npy");
    Cli.run("features", "--model", model, "--layer", "logits", "--out", out, "--force", images)
        .done();
    Cli inspected = Cli.run("inspect", model, "--json").done();
    String id = inspected.json().get("content_id").getAsString();
    assertTrue(!id.isEmpty(), inspected.out());
    return new Answer(ByteBuffer.wrap(Files.readAllBytes(out)), id);
  }

  /** Packs as people do: the thing itself at the top. */
  private Path packed(Path form) throws Exception {
    Path tar = form.resolveSibling(form.getFileName() + ".tar.gz");
    run("tar", "-C", form.getParent().toString(), "-czf", tar.toString(), name(form));
    return tar;
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }

  private void run(String... command) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(new ArrayList<>(Stream.of(command).toList())).redirectErrorStream(true);
    builder.environment().put("TF_CPP_MIN_LOG_LEVEL", "3");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
  }

  private static String property(String name) {
    String value = System.getProperty(name);
    if (value == null) {
      throw new IllegalStateException("expected the system property " + name + ", found none");
    }
    return value;
  }
}
