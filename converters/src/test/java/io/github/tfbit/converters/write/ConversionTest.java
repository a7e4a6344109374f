package io.github.tfbit.converters.write;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.tfbit.checkpoints.CheckpointException.Mismatch;
import io.github.tfbit.checkpoints.Existing;
import io.github.tfbit.checkpoints.OutputException;
import io.github.tfbit.checkpoints.TensorInfo;
import io.github.tfbit.converters.Activation;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.converters.ContentId;
import io.github.tfbit.converters.Head;
import io.github.tfbit.converters.HeadFacts;
import io.github.tfbit.converters.Interpolation;
import io.github.tfbit.converters.ModelFile;
import io.github.tfbit.converters.testing.SeededCheckpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;

class ConversionTest {
  private static final Architecture TINY = new Architecture(List.of(1, 1, 1, 1), 8, 4);
  private static final Architecture R50X1 = Architecture.named("R50x1");
  private static final List<String> NAMES = List.of("ant", "bee", "cat");

  @TempDir Path dir;

  private static ModelCard card(Architecture a, int classes) {
    Optional<Head> head =
        classes == 0 ? Optional.empty() : Optional.of(new Head(classes, Activation.SOFTMAX));
    return new ModelCard(a, head, HeadFacts.NONE, 128, Interpolation.BILINEAR);
  }

  private static SeededCheckpoint tiny(int classes) {
    return SeededCheckpoint.of(TINY, classes, 5);
  }

  /** The forms that tiny networks are written in: timm has the published six only. */
  static Stream<Arguments> pairs() {
    List<Target> targets = List.of(Target.NPZ, Target.HF, Target.SAVEDMODEL);
    return targets.stream().flatMap(a -> targets.stream().map(b -> Arguments.of(a, b)));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void eachFormInEachFormOutIsTheSameBytes(Target first, Target second) throws IOException {
    SeededCheckpoint weights = tiny(3);
    Path a = dir.resolve("a");
    Path b = dir.resolve("b");
    Conversion.write(weights, card(TINY, 3), first, a, Existing.REFUSE);
    try (ModelFile in = ModelFile.open(a)) {
      assertEquals(first.layout(), in.layout());
      Conversion.write(in.weights(), card(TINY, 3), second, b, Existing.REFUSE);
    }
    try (ModelFile out = ModelFile.open(b)) {
      assertEquals(second.layout(), out.layout());
      assertEquals(weights.tensors(), out.weights().tensors());
      for (TensorInfo t : weights.tensors()) {
        assertEquals(weights.bytes(t.name()), out.weights().bytes(t.name()), t.name());
      }
      assertEquals(ContentId.of(weights), ContentId.of(out.weights()));
    }
  }

  @Test
  void timmsFormIsTheSameBytesToo() throws IOException {
    SeededCheckpoint weights = SeededCheckpoint.of(R50X1, 10, 7);
    Path timm = dir.resolve("r50.safetensors");
    Conversion.write(weights, card(R50X1, 10), Target.TIMM, timm, Existing.REFUSE);
    Path npz = dir.resolve("a.npz");
    try (ModelFile file = ModelFile.open(timm)) {
      assertEquals(Target.TIMM.layout(), file.layout());
      Conversion.write(file.weights(), card(R50X1, 10), Target.NPZ, npz, Existing.REFUSE);
    }
    assertEquals(94_131_688L, Files.size(npz));
    try (ModelFile file = ModelFile.open(npz)) {
      assertEquals(ContentId.of(weights), ContentId.of(file.weights()));
    }
  }

  @ParameterizedTest
  @EnumSource(value = Target.class, names = "TIMM", mode = Mode.EXCLUDE)
  void aBackboneAloneStaysOne(Target target) throws IOException {
    Path out = dir.resolve("m");
    Conversion.write(tiny(0), card(TINY, 0), target, out, Existing.REFUSE);
    try (ModelFile file = ModelFile.open(out)) {
      assertEquals(Optional.empty(), file.published().head());
      assertEquals(ContentId.of(tiny(0)), ContentId.of(file.weights()));
    }
  }

  @ParameterizedTest
  @EnumSource(value = Target.class, names = "HF")
  void aHeadOfOneClassStaysOne(Target target) throws IOException {
    Path out = dir.resolve("m");
    Conversion.write(tiny(1), card(TINY, 1), target, out, Existing.REFUSE);
    try (ModelFile file = ModelFile.open(out)) {
      assertEquals(ContentId.of(tiny(1)), ContentId.of(file.weights()));
    }
  }

  @ParameterizedTest
  @CsvSource({"HF, TINY", "SAVEDMODEL, TINY", "TIMM, R50x1"})
  void labelsTravel(Target target, String name) throws IOException {
    Architecture a = name.equals("TINY") ? TINY : R50X1;
    Path out = dir.resolve("m");
    ModelCard card = card(a, 3).withLabels(Optional.of(NAMES));
    Conversion.write(SeededCheckpoint.of(a, 3, 5), card, target, out, Existing.REFUSE);
    try (ModelFile file = ModelFile.open(out)) {
      assertEquals(Optional.of(NAMES), file.labels());
    }
  }

  @ParameterizedTest
  @CsvSource({"HF, TINY", "SAVEDMODEL, TINY", "TIMM, R50x1"})
  void whatIsKnownOfTheHeadTravels(Target target, String name) throws IOException {
    Architecture a = name.equals("TINY") ? TINY : R50X1;
    List<String> ids = List.of("n00000001", "n00000002", "n00000003");
    HeadFacts facts = new HeadFacts(Optional.of(NAMES), true, ids, Optional.empty());
    Optional<Head> head = Optional.of(new Head(3, Activation.SIGMOID));
    ModelCard card = new ModelCard(a, head, facts, 128, Interpolation.BILINEAR);
    Path out = dir.resolve("m");
    Conversion.write(SeededCheckpoint.of(a, 3, 5), card, target, out, Existing.REFUSE);
    try (ModelFile file = ModelFile.open(out)) {
      assertEquals(facts.withActivation(Optional.of(Activation.SIGMOID)), file.facts());
      assertEquals(head, file.head());
    }
  }

  @ParameterizedTest
  @EnumSource(value = Target.class, mode = Mode.EXCLUDE, names = "TIMM")
  void keepsNothingThatACheckRefuses(Target target) throws IOException {
    IOException refusal = new IOException("not this");
    IOException e =
        assertThrows(
            IOException.class,
            () ->
                Conversion.write(
                    tiny(3),
                    card(TINY, 3),
                    target,
                    dir.resolve("m"),
                    Existing.REFUSE,
                    written -> {
                      try (ModelFile file = ModelFile.open(written)) {
                        assertEquals(ContentId.of(tiny(3)), ContentId.of(file.weights()));
                      }
                      throw refusal;
                    }));
    assertTrue(e == refusal || e.getCause() == refusal, String.valueOf(e));
    try (Stream<Path> left = Files.list(dir)) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  void namesThatNobodyKnowsStayUnknown() throws IOException {
    Conversion.write(tiny(3), card(TINY, 3), Target.HF, dir.resolve("m"), Existing.REFUSE);
    try (ModelFile file = ModelFile.open(dir.resolve("m"))) {
      assertEquals(Optional.empty(), file.labels());
    }
  }

  @Test
  void aNameEndingInSafetensorsIsThatFile() throws IOException {
    Path out = dir.resolve("tiny.safetensors");
    Conversion.Written written =
        Conversion.write(tiny(3), card(TINY, 3), Target.HF, out, Existing.REFUSE);
    List<Path> expected =
        List.of(out, dir.resolve("config.json"), dir.resolve("preprocessor_config.json"));
    assertEquals(expected, written.files());
    try (Stream<Path> files = Files.list(dir)) {
      assertEquals(3, files.filter(expected::contains).count());
    }
    long bytes = 0;
    for (Path f : expected) {
      bytes += Files.size(f);
    }
    assertEquals(bytes, written.bytes());
  }

  @Test
  void huggingFaceIsToldWhatToDoWithPictures() throws IOException {
    ModelCard card = card(TINY, 3).withInput(160, Interpolation.BICUBIC);
    Conversion.write(tiny(3), card, Target.HF, dir.resolve("m"), Existing.REFUSE);
    JsonObject json = json(dir.resolve("m/preprocessor_config.json"));
    assertEquals("BitImageProcessor", json.get("image_processor_type").getAsString());
    assertEquals(160, json.getAsJsonObject("size").get("height").getAsInt());
    assertEquals(3, json.get("resample").getAsInt());
    assertFalse(json.get("do_center_crop").getAsBoolean());
    assertEquals("[0.5,0.5,0.5]", json.get("image_mean").toString());
    assertEquals("[0.5,0.5,0.5]", json.get("image_std").toString());
    JsonObject model = json(dir.resolve("m/config.json"));
    assertEquals(4, model.get("num_groups").getAsInt());
    assertEquals("[32,64,128,256]", model.get("hidden_sizes").toString());
  }

  private static JsonObject json(Path file) throws IOException {
    return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
  }

  @Test
  void timmHasNoSmallNetworks() {
    Mismatch e =
        assertThrows(
            Mismatch.class,
            () ->
                Conversion.write(
                    tiny(3), card(TINY, 3), Target.TIMM, dir.resolve("m"), Existing.REFUSE));
    assertTrue(e.problem().expected().contains("which timm has"), e.getMessage());
    assertFalse(Files.exists(dir.resolve("m")));
  }

  @Test
  void anNpzCannotSayItsGroups() {
    ModelCard card = card(new Architecture(List.of(1, 1, 1, 1), 8, 2), 3);
    Mismatch e =
        assertThrows(
            Mismatch.class,
            () -> Conversion.write(tiny(3), card, Target.NPZ, dir.resolve("m"), Existing.REFUSE));
    assertEquals("2 groups", e.problem().found());
  }

  @Test
  void anotherArchitectureThanTheCardsIsRefused() {
    assertThrows(
        Mismatch.class,
        () ->
            Conversion.write(
                tiny(3), card(TINY, 4), Target.NPZ, dir.resolve("m"), Existing.REFUSE));
  }

  @ParameterizedTest
  @EnumSource(value = Target.class, names = "TIMM", mode = Mode.EXCLUDE)
  void nothingIsReplacedUnasked(Target target) throws IOException {
    Path out = dir.resolve("m");
    Conversion.write(tiny(3), card(TINY, 3), target, out, Existing.REFUSE);
    assertThrows(
        OutputException.class,
        () -> Conversion.write(tiny(4), card(TINY, 4), target, out, Existing.REFUSE));
    Conversion.write(tiny(4), card(TINY, 4), target, out, Existing.REPLACE);
    try (ModelFile file = ModelFile.open(out)) {
      assertEquals(ContentId.of(tiny(4)), ContentId.of(file.weights()));
    }
  }

  @Test
  void aConfigurationThatIsThereIsNotReplacedUnasked() throws IOException {
    Files.writeString(dir.resolve("config.json"), "mine");
    Path out = dir.resolve("tiny.safetensors");
    assertThrows(
        OutputException.class,
        () -> Conversion.write(tiny(3), card(TINY, 3), Target.HF, out, Existing.REFUSE));
    try (Stream<Path> files = Files.list(dir)) {
      assertEquals(List.of(dir.resolve("config.json")), files.toList());
    }
    assertEquals("mine", Files.readString(dir.resolve("config.json")));
  }

  @ParameterizedTest
  @EnumSource(
      value = Target.class,
      names = {"HF", "SAVEDMODEL"})
  void aDirectoryOfOtherThingsIsNeverReplaced(Target target) throws IOException {
    Path out = Files.createDirectory(dir.resolve("m"));
    Files.writeString(out.resolve("thesis.txt"), "mine");
    OutputException e =
        assertThrows(
            OutputException.class,
            () -> Conversion.write(tiny(3), card(TINY, 3), target, out, Existing.REPLACE));
    assertEquals("'thesis.txt' in it", e.problem().found());
    assertTrue(Files.exists(out.resolve("thesis.txt")));
  }
}
