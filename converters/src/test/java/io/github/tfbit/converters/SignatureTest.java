package io.github.tfbit.converters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.checkpoints.CheckpointException.Missing;
import io.github.tfbit.checkpoints.CheckpointException.Unsupported;
import io.github.tfbit.converters.Signature.Found;
import io.github.tfbit.converters.Signature.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignatureTest {
  private static final String SAFETENSORS = "40000000000000007b22";

  /** A table's last bytes: its magic number, little-endian. */
  private static final String TABLE_END = "0000" + "57fb808b247547db";

  @TempDir Path dir;

  private Path file(String name, String hex) throws IOException {
    Path file = dir.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, HexFormat.of().parseHex(hex));
  }

  private Unsupported refused(Path model) {
    return assertThrows(Unsupported.class, () -> Signature.of(model));
  }

  @ParameterizedTest
  @CsvSource({
    "504b0304, NPZ",
    "504b0506, NPZ",
    "894844460d0a1a0a00, HDF5",
    "1f8b080000, GZIP",
    SAFETENSORS + ", SAFETENSORS",
    TABLE_END + ", TF_CHECKPOINT"
  })
  void tellsFormsByTheirBytesWhateverTheName(String hex, Kind kind) throws IOException {
    Path file = file("model.bin", hex);
    assertEquals(new Found(kind, file), Signature.of(file));
  }

  @Test
  void takesACheckpointsPrefix() throws IOException {
    file("model.index", TABLE_END);
    assertEquals(
        new Found(Kind.TF_CHECKPOINT, dir.resolve("model")), Signature.of(dir.resolve("model")));
  }

  @Test
  void takesACheckpointsShardForItsPrefix() throws IOException {
    file("model.index", TABLE_END);
    Path shard = file("model.data-00000-of-00001", "00");
    assertEquals(new Found(Kind.TF_CHECKPOINT, dir.resolve("model")), Signature.of(shard));
  }

  @Test
  void takesADirectoryWithSavedModelPb() throws IOException {
    Path pb = file("m/saved_model.pb", "0801");
    Found expected = new Found(Kind.SAVED_MODEL, dir.resolve("m"));
    assertEquals(expected, Signature.of(dir.resolve("m")));
    assertEquals(expected, Signature.of(pb));
  }

  @Test
  void takesVariablesWithoutAGraph() throws IOException {
    file("m/variables/variables.index", TABLE_END);
    assertEquals(
        new Found(Kind.TF_CHECKPOINT, dir.resolve("m/variables/variables")),
        Signature.of(dir.resolve("m")));
  }

  @Test
  void takesTheOneFileInADirectory() throws IOException {
    Path only = file("m/weights.safetensors", SAFETENSORS);
    file("m/config.json", "7b7d");
    assertEquals(new Found(Kind.SAFETENSORS, only), Signature.of(dir.resolve("m")));
  }

  @Test
  void prefersTheNameThatHuggingFaceGives() throws IOException {
    Path model = file("m/model.safetensors", SAFETENSORS);
    file("m/other.safetensors", SAFETENSORS);
    assertEquals(new Found(Kind.SAFETENSORS, model), Signature.of(dir.resolve("m")));
  }

  @Test
  void asksWhichOfSeveralFilesIsMeant() throws IOException {
    file("m/a.npz", "504b0304");
    file("m/b.npz", "504b0304");
    Unsupported e = refused(dir.resolve("m"));
    assertEquals("a directory with 2 of them: a.npz, b.npz", e.problem().found());
    assertEquals("name one of them", e.problem().remedy());
  }

  @Test
  void pointsToTheWeightsOfARun() throws IOException {
    file("m/run.json", "7b7d");
    Unsupported e = refused(dir.resolve("m"));
    assertEquals("a run's directory", e.problem().found());
    assertTrue(e.problem().remedy().endsWith("model.npz"), e.getMessage());
  }

  @Test
  void saysWhatToDoAboutPickles() throws IOException {
    file("m/pytorch_model.bin", "8002");
    assertTrue(refused(dir.resolve("m")).problem().remedy().contains("model.safetensors"));
    assertTrue(
        refused(dir.resolve("m/pytorch_model.bin")).problem().remedy().contains(".safetensors"));
  }

  @ParameterizedTest
  @CsvSource({
    "archive/data.pkl, 'a PyTorch file, a Python pickle in a zip'",
    "bit/data.pkl, 'a PyTorch file, a Python pickle in a zip'",
    "metadata.json, a model of Keras 3 (.keras)"
  })
  void tellsOtherZipsFromNumpys(String member, String found) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(member));
    }
    Path file = Files.write(dir.resolve("model.pth"), bytes.toByteArray());
    assertEquals(found, refused(file).problem().found());
  }

  @Test
  void refusesSafetensorsInSeveralFiles() throws IOException {
    file("m/model.safetensors.index.json", "7b7d");
    assertEquals("safetensors in several files", refused(dir.resolve("m")).problem().found());
  }

  @Test
  void refusesADirectoryWithoutAModel() throws IOException {
    Files.createDirectory(dir.resolve("m"));
    assertEquals("a directory without one", refused(dir.resolve("m")).problem().found());
  }

  @Test
  void whatIsNotThereIsMissing() {
    assertThrows(Missing.class, () -> Signature.of(dir.resolve("no")));
  }
}
