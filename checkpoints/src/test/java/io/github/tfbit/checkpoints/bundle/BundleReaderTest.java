package io.github.tfbit.checkpoints.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.checkpoints.CheckpointException;
import io.github.tfbit.checkpoints.DType;
import io.github.tfbit.checkpoints.TensorInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of files that TensorFlow wrote. */
class BundleReaderTest {
  private static final String KERNEL = ObjectKeys.key("resnet/root/kernel:0");
  private static final String BIAS = ObjectKeys.key("resnet/root/bias:0");

  @TempDir Path dir;

  private static Path variables(String module) {
    return Foreign.module(module).resolve("variables").resolve("variables");
  }

  @Test
  void tensorsAreInTheOrderOfTheDataFile() throws IOException {
    try (BundleReader r = BundleReader.open(variables("hub2"))) {
      assertEquals(
          List.of(
              new TensorInfo(KERNEL, DType.FLOAT32, List.of(1, 1, 3, 2)),
              new TensorInfo(BIAS, DType.FLOAT32, List.of(2))),
          r.tensors());
    }
  }

  @Test
  void valuesAreTensorFlows() throws IOException {
    try (BundleReader r = BundleReader.open(variables("hub1"))) {
      var kernel = r.bytes("module/resnet/root/kernel").asFloatBuffer();
      assertEquals(6, kernel.remaining());
      for (int i = 0; i < 6; i++) {
        assertEquals(i, kernel.get(i));
      }
      assertEquals(-0.25f, r.bytes("module/resnet/root/bias").getFloat(4));
    }
  }

  @Test
  void fullNamesComeFromTheObjectGraph() throws IOException {
    try (BundleReader r = BundleReader.open(variables("hub2"))) {
      Map<String, String> names =
          Map.of(
              KERNEL,
              "resnet/root/kernel",
              BIAS,
              "resnet/root/bias",
              "step/.ATTRIBUTES/VARIABLE_VALUE",
              "step");
      assertEquals(names, r.fullNames());
    }
  }

  @Test
  void tensorFlow1HasNoObjectGraph() throws IOException {
    try (BundleReader r = BundleReader.open(variables("hub1"))) {
      assertEquals(Map.of(), r.fullNames());
    }
  }

  @Test
  void otherTypesAreListedApart() throws IOException {
    try (BundleReader r = BundleReader.open(variables("hub2"))) {
      assertEquals(Map.of("step/.ATTRIBUTES/VARIABLE_VALUE", "DT_INT32"), r.skipped());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"variables", "variables.index", "variables.data-00000-of-00001"})
  void anyOfItsFilesNamesACheckpoint(String name) throws IOException {
    try (BundleReader r = BundleReader.open(variables("hub1").resolveSibling(name))) {
      assertEquals(2, r.tensors().size());
    }
  }

  @Test
  void aMissingIndexIsNamed() {
    Path prefix = dir.resolve("model.ckpt");
    var e = assertThrows(CheckpointException.Missing.class, () -> BundleReader.open(prefix));
    assertEquals(prefix + ".index", e.problem().where());
  }

  @Test
  void aMissingDataFileIsNamed() throws IOException {
    Path data = dir.resolve("m/variables/variables.data-00000-of-00001");
    Foreign.copy("hub1", dir.resolve("m"));
    Files.delete(data);
    var e =
        assertThrows(
            CheckpointException.Missing.class,
            () -> BundleReader.open(data.resolveSibling("variables")));
    assertEquals(data.toString(), e.problem().where());
  }

  @Test
  void oneFileWithoutAnIndexIsAnUnsupportedVersion() throws IOException {
    Path v1 = Files.write(dir.resolve("model.ckpt"), new byte[100]);
    var e = assertThrows(CheckpointException.Unsupported.class, () -> BundleReader.open(v1));
    assertEquals("one file without model.ckpt.index, as V1 has it", e.problem().found());
  }

  @Test
  void aFlippedBitIsFoundByBothWaysOfReading() throws IOException {
    Path prefix = Foreign.copy("hub1", dir.resolve("m")).resolve("variables/variables");
    Path data = ShardFile.path(prefix, 0, 1);
    byte[] bytes = Files.readAllBytes(data);
    bytes[9] ^= 1;
    Files.write(data, bytes);
    try (BundleReader r = BundleReader.open(prefix)) {
      String name = "module/resnet/root/kernel";
      var e = assertThrows(CheckpointException.Corrupt.class, () -> r.bytes(name));
      assertTrue(e.getMessage().contains("24 bytes at byte 8 of " + data), e.getMessage());
      assertTrue(e.problem().where().endsWith("tensor '" + name + "'"), e.problem().where());
      var target = java.nio.ByteBuffer.allocate(24);
      assertThrows(CheckpointException.Corrupt.class, () -> r.read(name, target));
      assertEquals(0, target.position());
    }
  }
}
