package io.github.tfbit.converters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.CheckpointException;
import io.github.tfbit.checkpoints.CheckpointException.Corrupt;
import io.github.tfbit.checkpoints.CheckpointException.Unsupported;
import io.github.tfbit.checkpoints.DType;
import io.github.tfbit.checkpoints.Existing;
import io.github.tfbit.checkpoints.MemoryCheckpoint;
import io.github.tfbit.checkpoints.TensorInfo;
import io.github.tfbit.checkpoints.bundle.BundleWriter;
import io.github.tfbit.checkpoints.npz.NpzWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayoutTest {
  private static final String NUMBERED = "resnet/root_block/standardized_conv2d_17/kernel";

  private static final Architecture SMALL = new Architecture(List.of(1, 1, 1, 1), 8, 4);

  @TempDir Path dir;

  private Path npz(String... names) throws IOException {
    Path f = dir.resolve("f.npz");
    FakeCheckpoint c = new FakeCheckpoint();
    Stream.of(names).forEach(n -> c.with(n, 1));
    NpzWriter.write(f, c);
    return f;
  }

  private <E extends CheckpointException> E refused(Class<E> type, byte[] bytes)
      throws IOException {
    Path f = Files.write(dir.resolve("model.npz"), bytes);
    return assertThrows(type, () -> Layout.open(f).close());
  }

  /** A whole network of one unit a block with a numbered root, which then comes last. */
  private Path numbered() throws IOException {
    Path f = dir.resolve("numbered.npz");
    FakeCheckpoint c =
        FakeCheckpoint.of(SMALL, 3).without(PublishedNames.ROOT_KERNEL).with(NUMBERED, 7, 7, 3, 8);
    NpzWriter.write(f, c);
    return f;
  }

  /** As tf.train.Saver leaves it: step and momentum beside the variables. */
  @Test
  void readsACheckpointOfATraining() throws IOException {
    MemoryCheckpoint training = new MemoryCheckpoint();
    for (TensorInfo t : SMALL.tensors(3)) {
      training.add(t.name(), t.dtype(), t.shape(), new byte[(int) t.byteSize()]);
      training.add(t.name() + "/Momentum", t.dtype(), t.shape(), new byte[(int) t.byteSize()]);
    }
    training.add("global_step", DType.INT64, List.of(), new byte[8]);
    BundleWriter.write(dir.resolve("model.ckpt-500"), training, Existing.REFUSE);
    try (Checkpoint c = Layout.open(dir.resolve("model.ckpt-500"))) {
      assertEquals(SMALL.tensors(3), c.tensors());
    }
  }

  @Test
  void normalisesNumberedNamesAndTheOrder() throws IOException {
    try (Checkpoint c = Layout.open(numbered())) {
      assertEquals(SMALL.tensors(3), c.tensors());
    }
  }

  @Test
  void readsContentsUnderTheRegularName() throws IOException {
    try (Checkpoint c = Layout.open(numbered())) {
      ByteBuffer target = ByteBuffer.allocate(4 * 7 * 7 * 3 * 8);
      c.read(PublishedNames.ROOT_KERNEL, target);
      assertEquals(c.bytes(PublishedNames.ROOT_KERNEL), target.flip());
    }
  }

  @Test
  void twoNamesThatMeanOneTensorAreCorrupt() throws IOException {
    Path f = npz(NUMBERED, PublishedNames.ROOT_KERNEL);
    Corrupt e = assertThrows(Corrupt.class, () -> Layout.open(f).close());
    assertTrue(e.problem().found().contains("'" + NUMBERED + "'"), e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "934e554d50590100, a single numpy array",
    "80049500, a Python pickle",
    "ffd8ffe000104a46, 'bytes of no known form, ff d8 ff e0 00 10 4a 46'"
  })
  void namesOtherForms(String hex, String form) throws IOException {
    Unsupported e = refused(Unsupported.class, HexFormat.of().parseHex(hex));
    assertTrue(e.problem().found().startsWith(form), e.getMessage());
    assertEquals(Signature.EXPECTED, e.problem().expected());
  }

  @Test
  void showsHowATextBegins() throws IOException {
    Unsupported e =
        refused(Unsupported.class, "not a model\nat all".getBytes(StandardCharsets.UTF_8));
    assertEquals("a text file that begins 'not a model'", e.problem().found());
  }

  @Test
  void takesAWebPageForAFailedDownload() throws IOException {
    Unsupported e =
        refused(Unsupported.class, "<!DOCTYPE html><html>".getBytes(StandardCharsets.UTF_8));
    assertEquals("a web page that begins '<!DOCTYPE html><html>'", e.problem().found());
    assertTrue(e.problem().remedy().contains("download it again"));
  }

  @Test
  void knowsAGitLfsPointer() throws IOException {
    Unsupported e =
        refused(
            Unsupported.class,
            "version https://git-lfs.github.com/spec/v1\n".getBytes(StandardCharsets.UTF_8));
    assertEquals("a Git LFS pointer", e.problem().found());
  }

  @Test
  void anEmptyFileIsCorrupt() throws IOException {
    assertEquals("an empty file", refused(Corrupt.class, new byte[0]).problem().found());
  }

  @Test
  void aZipCutOffIsCorrupt() throws IOException {
    byte[] b = java.util.Arrays.copyOf(Files.readAllBytes(npz("a")), 200);
    assertTrue(refused(Corrupt.class, b).problem().found().contains("cut off"));
  }

  @Test
  void aMissingFileIsMissing() {
    assertThrows(
        CheckpointException.Missing.class, () -> Layout.open(dir.resolve("no.npz")).close());
  }
}
