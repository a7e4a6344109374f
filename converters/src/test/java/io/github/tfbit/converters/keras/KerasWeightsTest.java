package io.github.tfbit.converters.keras;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.CheckpointException.Mismatch;
import io.github.tfbit.checkpoints.DType;
import io.github.tfbit.checkpoints.TensorInfo;
import io.github.tfbit.checkpoints.hdf5.Hdf5Builder;
import io.github.tfbit.checkpoints.hdf5.Hdf5Reader;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.converters.PublishedModel;
import io.github.tfbit.converters.testing.SeededCheckpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A small network in every way that Keras names it, and files that are something else. */
class KerasWeightsTest {
  private static final SeededCheckpoint SMALL =
      SeededCheckpoint.of(new Architecture(List.of(2, 1, 3, 1), 8, 4), 5, 1);

  @TempDir Path dir;

  private Checkpoint open(byte[] file) throws IOException {
    Hdf5Reader reader = Hdf5Reader.open(Files.write(dir.resolve("BiT-S-R50x3.h5"), file));
    try {
      return KerasWeights.published(reader);
    } catch (IOException e) {
      reader.close();
      throw e;
    }
  }

  private Mismatch refused(KerasFile file) throws IOException {
    byte[] bytes = file.build("");
    return assertThrows(Mismatch.class, () -> open(bytes).close());
  }

  private void assertSame(SeededCheckpoint expected, byte[] file) throws IOException {
    try (Checkpoint c = open(file)) {
      assertEquals(expected.tensors(), c.tensors());
      for (TensorInfo t : expected.tensors()) {
        assertEquals(expected.bytes(t.name()), c.bytes(t.name()), t.name());
      }
    }
  }

  @Test
  void readsTheWholeNetworkUnderPublishedNames() throws IOException {
    assertSame(SMALL, new KerasFile(SMALL).build(""));
  }

  @Test
  void readsABackboneWithoutHead() throws IOException {
    SeededCheckpoint backbone =
        SeededCheckpoint.of(new Architecture(List.of(1, 1, 1, 1), 8, 4), 0, 2);
    assertSame(backbone, new KerasFile(backbone).build(""));
  }

  @Test
  void readsWhatModelSaveWrites() throws IOException {
    assertSame(SMALL, new KerasFile(SMALL).build("model_weights/"));
  }

  /** Names of issue #47, such as standardized_conv2d_17/kernel:0, with no path before them. */
  @Test
  void readsShortNamesWithNumbers() throws IOException {
    AtomicInteger n = new AtomicInteger();
    KerasFile file = new KerasFile(SMALL);
    file.naming(
        name -> {
          String[] parts = name.split("/", -1);
          return parts[parts.length - 2]
              + "_"
              + n.incrementAndGet()
              + "/"
              + parts[parts.length - 1];
        });
    assertSame(SMALL, file.build(""));
  }

  @Test
  void readsNamesThatSayNothing() throws IOException {
    AtomicInteger n = new AtomicInteger();
    assertSame(SMALL, new KerasFile(SMALL).naming(x -> "w" + n.incrementAndGet()).build(""));
  }

  /** A wrapped model is one layer of its parent, and has all weights in one group. */
  @Test
  void readsANetworkThatIsOneLayerOfAnother() throws IOException {
    KerasFile file = new KerasFile(SMALL);
    List<String> all = file.layer("resnet_v2");
    for (String layer :
        List.of("root_block", "block1", "block2", "block3", "block4", "group_norm", "head/dense")) {
      all.addAll(file.layer(layer));
      file.layer(layer).clear();
    }
    assertSame(SMALL, file.build(""));
  }

  @Test
  void readsListsThatKerasCutIntoPieces() throws IOException {
    byte[] whole = new KerasFile(SMALL).build("");
    try (Hdf5Reader r = Hdf5Reader.open(Files.write(dir.resolve("whole.h5"), whole))) {
      Hdf5Builder cut = new Hdf5Builder().datasets(r);
      List<String> layers = r.strings("", "layer_names");
      cut.attribute("", "layer_names0", layers.subList(0, 4));
      cut.attribute("", "layer_names1", layers.subList(4, layers.size()));
      for (String layer : layers) {
        List<String> weights = r.strings(layer, "weight_names");
        int half = weights.size() / 2;
        cut.attribute(layer, "weight_names0", weights.subList(0, half));
        cut.attribute(
            layer,
            half == 0 ? "weight_names0" : "weight_names1",
            weights.subList(half, weights.size()));
      }
      assertSame(SMALL, cut.build());
    }
  }

  /** BiT-S-R50x3.h5 is published with a root of 64 channels. */
  @Test
  void theArchitectureIsTheTensorsAndNotTheFilesName() throws IOException {
    try (Checkpoint c = open(new KerasFile(SMALL).build(""))) {
      assertEquals(8, PublishedModel.of(c).architecture().rootChannels());
    }
  }

  @Test
  void closingTheViewClosesTheFile() throws IOException {
    Checkpoint c = open(new KerasFile(SMALL).build(""));
    c.close();
    assertThrows(IllegalStateException.class, () -> c.bytes("resnet/head/conv2d/bias"));
  }

  @Test
  void anUnknownNameIsNoSuchElement() throws IOException {
    try (Checkpoint c = open(new KerasFile(SMALL).build(""))) {
      assertThrows(NoSuchElementException.class, () -> c.bytes("head/dense/kernel:0"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "group_norm|0|1|'gamma of 1 dimension for 'resnet/group_norm/gamma''",
        "block1|0|1|'gamma of 1 dimension for 'resnet/block1/unit01/a/group_norm/gamma''",
        "head/dense|0|1|'kernel of 2 dimensions for 'resnet/head/conv2d/kernel''"
      })
  void refusesAnotherOrderThanItsNamesSay(String layer, int i, int j, String expected)
      throws IOException {
    KerasFile file = new KerasFile(SMALL);
    Collections.swap(file.layer(layer), i, j);
    String message = refused(file).getMessage();
    assertTrue(message.contains(expected.replaceAll("^'|'$", "")), message);
  }

  @Test
  void refusesAProjectionThatIsNotLast() throws IOException {
    KerasFile file = new KerasFile(SMALL);
    List<String> block = file.layer("block1");
    block.add(2, block.remove(9));
    Mismatch e = refused(file);
    assertEquals(
        "a gamma of 1 dimension for 'resnet/block1/unit01/b/group_norm/gamma'",
        e.problem().expected());
    assertEquals(
        "'resnet/block1/unit01/a/standardized_conv2d/kernel:0' [1, 1, 8, 8], weight 5",
        e.problem().found());
  }

  @ParameterizedTest
  @ValueSource(strings = {"block4", "block2"})
  void refusesThreeBlocks(String missing) throws IOException {
    KerasFile file = new KerasFile(SMALL);
    file.layer(missing).clear();
    assertEquals("4 blocks of units", refused(file).problem().expected());
  }

  @Test
  void refusesWeightsBehindTheHead() throws IOException {
    KerasFile file = new KerasFile(SMALL);
    file.layer("dense_1").add("resnet/head/conv2d/bias");
    Mismatch e = refused(file);
    assertEquals("nothing after the head", e.problem().expected());
    assertTrue(e.problem().found().contains("[5]"), e.getMessage());
  }

  @Test
  void refusesAHeadWithoutBias() throws IOException {
    KerasFile file = new KerasFile(SMALL);
    file.layer("head/dense").remove(1);
    assertEquals("a weight for 'resnet/head/conv2d/bias'", refused(file).problem().expected());
  }

  @Test
  void refusesOneNameForTwoWeights() throws IOException {
    KerasFile file = new KerasFile(SMALL).naming(n -> n.substring(n.lastIndexOf('/') + 1) + ":0");
    assertEquals("'block1/gamma:0' twice", refused(file).problem().found());
  }

  @Test
  void refusesANameWithoutDataset() throws IOException {
    byte[] file =
        new Hdf5Builder()
            .attribute("", "layer_names", List.of("root_block"))
            .attribute("root_block", "weight_names", List.of("kernel:0"))
            .build();
    var e = assertThrows(Mismatch.class, () -> open(file));
    assertEquals("the dataset 'root_block/kernel:0' that its layer names", e.problem().expected());
  }

  @Test
  void refusesHdf5ThatIsNotKeras() throws IOException {
    byte[] file =
        new Hdf5Builder()
            .dataset("layers/v/0", DType.FLOAT32, List.of(), ByteBuffer.allocate(4))
            .build();
    var e = assertThrows(Mismatch.class, () -> open(file));
    assertEquals("no such attribute, and 1 datasets, the first 'layers/v/0'", e.problem().found());
  }

  @Test
  void refusesKerasModelsOfAnotherKind() throws IOException {
    byte[] file =
        new Hdf5Builder()
            .dataset("dense/kernel:0", DType.FLOAT32, List.of(2, 3), ByteBuffer.allocate(24))
            .attribute("", "layer_names", List.of("dense"))
            .attribute("dense", "weight_names", List.of("kernel:0"))
            .build();
    var e = assertThrows(Mismatch.class, () -> open(file));
    assertEquals(
        "a kernel of 4 dimensions for 'resnet/root_block/standardized_conv2d/kernel'",
        e.problem().expected());
  }
}
