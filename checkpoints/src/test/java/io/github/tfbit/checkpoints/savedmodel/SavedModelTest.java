package io.github.tfbit.checkpoints.savedmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.checkpoints.CheckpointException;
import io.github.tfbit.checkpoints.bundle.Foreign;
import io.github.tfbit.checkpoints.protos.ProtoWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavedModelTest {
  private static final Optional<List<Long>> PICTURES = Optional.of(List.of(-1L, -1L, -1L, 3L));
  private static final Optional<List<Long>> RESULTS = Optional.of(List.of(-1L, 2L));

  @TempDir Path dir;

  @Test
  void readsAModuleOfTensorFlow2() throws IOException {
    MetaGraph graph = SavedModel.open(Foreign.module("hub2")).serving();
    assertEquals(List.of("serve"), graph.tags());
    assertEquals(Set.of("serving_default", "__saved_model_init_op"), graph.signatures().keySet());
    assertEquals(
        new Signature(
            Map.of("input_1", new TensorSpec("serving_default_input_1:0", "DT_FLOAT", PICTURES)),
            Map.of("output_1", new TensorSpec("StatefulPartitionedCall:0", "DT_FLOAT", RESULTS))),
        graph.signatures().get("serving_default"));
    assertEquals(InputScaling.SCALED_INSIDE, graph.inputScaling());
  }

  @Test
  void readsAModuleOfTensorFlow1() throws IOException {
    SavedModel model = SavedModel.open(Foreign.module("hub1"));
    MetaGraph graph = model.serving();
    assertEquals(1, model.schemaVersion());
    assertEquals(List.of(), graph.tags());
    assertEquals(
        Map.of("images", new TensorSpec("images:0", "DT_FLOAT", PICTURES)),
        graph.signatures().get("default").inputs());
    assertEquals(List.of("trainable_variables", "variables"), graph.collections());
    assertEquals(InputScaling.NOT_SCALED, graph.inputScaling());
  }

  @Test
  void tellsModulesOfTensorFlow1() throws IOException {
    assertTrue(SavedModel.open(Foreign.module("hub1")).hubModule());
    assertFalse(SavedModel.open(Foreign.module("hub2")).hubModule());
  }

  @Test
  void servesTheTaggedGraphElseTheOneWithoutTags() throws IOException {
    ProtoWriter train = graph("train");
    ProtoWriter none = new ProtoWriter();
    write(new ProtoWriter().message(2, train).message(2, none));
    assertEquals(List.of(), SavedModel.open(dir).serving().tags());
    write(new ProtoWriter().message(2, train).message(2, none).message(2, graph("serve")));
    assertEquals(List.of("serve"), SavedModel.open(dir).serving().tags());
    write(new ProtoWriter().message(2, train));
    assertEquals(List.of("train"), SavedModel.open(dir).serving().tags());
  }

  private static ProtoWriter graph(String tag) {
    return new ProtoWriter().message(1, new ProtoWriter().string(4, tag));
  }

  private void write(ProtoWriter savedModel) throws IOException {
    Files.write(dir.resolve("saved_model.pb"), savedModel.toByteArray());
  }

  @Test
  void listsAssetsButNoLinks() throws IOException {
    write(new ProtoWriter().message(2, new ProtoWriter()));
    Path assets = Files.createDirectory(dir.resolve("assets"));
    Path labels = Files.writeString(assets.resolve("labels.txt"), "a\n");
    Files.createSymbolicLink(assets.resolve("link.txt"), dir.resolve("saved_model.pb"));
    assertEquals(List.of(labels), SavedModel.open(dir).assets());
  }

  @Test
  void aDirectoryWithoutOneIsMissing() {
    assertFalse(SavedModel.isSavedModel(dir));
    var e = assertThrows(CheckpointException.Missing.class, () -> SavedModel.open(dir));
    assertEquals(dir.resolve("saved_model.pb").toString(), e.problem().where());
  }

  @Test
  void theFormInTextIsUnsupported() throws IOException {
    Files.createFile(dir.resolve("saved_model.pbtxt"));
    var e = assertThrows(CheckpointException.Unsupported.class, () -> SavedModel.open(dir));
    assertEquals("saved_model.pbtxt", e.problem().found());
  }

  @Test
  void oneWithoutGraphsIsCorrupt() throws IOException {
    write(new ProtoWriter().varint(1, 1));
    var e = assertThrows(CheckpointException.Corrupt.class, () -> SavedModel.open(dir));
    assertEquals("at least one graph", e.problem().expected());
  }

  @Test
  void namesBeyondMeasureAreCorrupt() throws IOException {
    ProtoWriter info = new ProtoWriter();
    for (int i = 0; i < 100; i++) {
      info.string(4, "x".repeat(60_000));
    }
    write(new ProtoWriter().message(2, new ProtoWriter().message(1, info)));
    var e = assertThrows(CheckpointException.Corrupt.class, () -> SavedModel.open(dir));
    assertTrue(e.problem().expected().startsWith("names of at most 4194304"), e.getMessage());
  }

  @Test
  void nestingBeyondMeasureIsPassedOver() throws IOException {
    ProtoWriter deep = new ProtoWriter();
    for (int i = 0; i < 500; i++) {
      deep = new ProtoWriter().message(5, deep);
    }
    write(new ProtoWriter().message(2, deep).message(2, graph("serve")));
    assertEquals(2, SavedModel.open(dir).graphs().size());
  }
}
