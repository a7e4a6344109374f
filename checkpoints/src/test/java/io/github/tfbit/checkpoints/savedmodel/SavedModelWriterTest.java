package io.github.tfbit.checkpoints.savedmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.tfbit.checkpoints.Existing;
import io.github.tfbit.checkpoints.MemoryCheckpoint;
import io.github.tfbit.checkpoints.OutputException;
import io.github.tfbit.checkpoints.TensorInfo;
import io.github.tfbit.checkpoints.bundle.BundleReader;
import io.github.tfbit.checkpoints.testing.CheckpointContract;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavedModelWriterTest {
  private static final MemoryCheckpoint TINY = CheckpointContract.tiny();

  @TempDir Path dir;
  private Path target;

  @BeforeEach
  void target() {
    target = dir.resolve("module");
  }

  private void write(Map<String, byte[]> assets) throws IOException {
    SavedModelWriter.write(target, TINY, n -> "resnet/" + n, assets, Existing.REFUSE);
  }

  @Test
  void keysAreThoseOfTheHub() throws IOException {
    write(Map.of());
    try (BundleReader r = BundleReader.open(SavedModel.open(target).variables())) {
      assertEquals(
          List.of(
              "resnet.Sa.Sx:0/.ATTRIBUTES/VARIABLE_VALUE",
              "resnet.Ss:0/.ATTRIBUTES/VARIABLE_VALUE",
              "resnet.Se:0/.ATTRIBUTES/VARIABLE_VALUE"),
          r.tensors().stream().map(TensorInfo::name).toList());
      assertEquals(
          List.of("resnet/a/x", "resnet/s", "resnet/e"), List.copyOf(r.fullNames().values()));
      assertEquals(TINY.bytes("a/x"), r.bytes("resnet.Sa.Sx:0/.ATTRIBUTES/VARIABLE_VALUE"));
    }
  }

  @Test
  void itIsTaggedToServeAndHasNoFunction() throws IOException {
    write(Map.of());
    MetaGraph graph = SavedModel.open(target).serving();
    assertEquals(
        new MetaGraph(List.of("serve"), Map.of(), List.of(), List.of(), InputScaling.UNKNOWN),
        graph);
  }

  @Test
  void assetsAreFilesThatTheGraphNames() throws IOException {
    write(Map.of("labels.txt", "a\nb\n".getBytes(StandardCharsets.UTF_8), "b.txt", new byte[0]));
    SavedModel model = SavedModel.open(target);
    assertEquals(List.of("b.txt", "labels.txt"), model.serving().assetNames());
    Path labels = target.resolve("assets/labels.txt");
    assertEquals(List.of(target.resolve("assets/b.txt"), labels), model.assets());
    assertEquals("a\nb\n", Files.readString(labels));
  }

  @Test
  void anAssetElsewhereIsRefusedAndNothingIsLeft() {
    var e =
        assertThrows(
            IllegalArgumentException.class, () -> write(Map.of("../labels.txt", new byte[0])));
    assertEquals("expected an asset's plain file name, found ../labels.txt", e.getMessage());
    assertEquals(0, dir.toFile().list().length);
  }

  @Test
  void anExistingDirectoryIsKept() throws IOException {
    Files.createDirectory(target);
    assertThrows(OutputException.class, () -> write(Map.of()));
    assertEquals(0, target.toFile().list().length);
  }
}
