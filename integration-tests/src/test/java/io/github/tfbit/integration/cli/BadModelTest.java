package io.github.tfbit.integration.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.tfbit.checkpoints.Existing;
import io.github.tfbit.checkpoints.npz.NpzWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Model files that are wrong in one way each: exit 1, four parts, nothing written. */
class BadModelTest {
  private static final String GAMMA = "resnet/block2/unit01/a/group_norm/gamma";
  private static final String KERNEL = "resnet/block3/unit01/b/standardized_conv2d/kernel";

  @TempDir private Path dir;
  private Path bad;
  private Path data;

  @BeforeEach
  void makePictures() throws IOException {
    bad = dir.resolve("bad.npz");
    data = Fixtures.data(dir);
  }

  private void refused(String... texts) throws IOException {
    refusedForUse(texts);
    Cli.run("inspect", bad).failed(texts);
  }

  private void refusedForUse(String... texts) throws IOException {
    List<Path> before = files();
    Path out = dir.resolve("features.npy");
    Cli.run("features", "--model", bad, "--out", out, data.resolve("box")).failed(texts);
    assertEquals(before, files());
    Cli.run(Fixtures.finetune(bad, data, dir.resolve("run"))).failed(texts);
    assertEquals(before, files());
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> tree = Files.walk(dir)) {
      return tree.sorted().toList();
    }
  }

  private byte[] good() throws IOException {
    return Files.readAllBytes(Fixtures.model(Files.createDirectory(dir.resolve("good"))));
  }

  @Test
  void refusesToExportModelWithoutHead() throws IOException {
    EditedCheckpoint weights =
        new EditedCheckpoint()
            .without("resnet/head/conv2d/kernel")
            .without("resnet/head/conv2d/bias");
    NpzWriter.write(bad, weights, Existing.REFUSE);
    List<Path> before = files();
    Cli.run("export", "--model", bad, "--out", dir.resolve("new/served"))
        .failed("a model with a head", "bad.npz", "fine-tune it first");
    assertEquals(before, files());
  }

  @Test
  void refusesTruncatedFile() throws IOException {
    byte[] whole = good();
    Files.write(bad, Arrays.copyOf(whole, whole.length / 2));
    refused("bad.npz");
  }

  @Test
  void refusesWrongChecksum() throws IOException {
    byte[] bytes = good();
    bytes[bytes.length / 2] ^= 1;
    Files.write(bad, bytes);
    refused("bad.npz", "CRC");
  }

  @Test
  void refusesPickledObject() throws IOException {
    try (OutputStream file = Files.newOutputStream(bad);
        ZipOutputStream zip = new ZipOutputStream(file)) {
      zip.putNextEntry(new ZipEntry(GAMMA + ".npy"));
      String header = "{'descr': '|O', 'fortran_order': False, 'shape': (1,), }";
      byte[] text =
          (header + " ".repeat(118 - header.length() - 1) + "\n")
              .getBytes(StandardCharsets.US_ASCII);
      zip.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) text.length, 0});
      zip.write(text);
      zip.write(new byte[] {(byte) 0x80, 4, 'N', '.'});
      zip.closeEntry();
    }
    refused("bad.npz", GAMMA, "|O");
  }

  @Test
  void refusesWrongShape() throws IOException {
    NpzWriter.write(bad, new EditedCheckpoint().with(KERNEL, 3, 3, 16, 16), Existing.REFUSE);
    refused("bad.npz", KERNEL, "[3, 3, 16, 16]", "[3, 3, 32, 32]");
  }

  @Test
  void refusesMissingTensor() throws IOException {
    NpzWriter.write(bad, new EditedCheckpoint().without(GAMMA), Existing.REFUSE);
    refused("bad.npz", "- only in the model: " + GAMMA);
  }

  @Test
  void refusesExtraTensor() throws IOException {
    NpzWriter.write(bad, new EditedCheckpoint().with("resnet/surprise", 2), Existing.REFUSE);
    refused("bad.npz", "+ only in the file: resnet/surprise");
  }

  @Test
  void refusesNaN() throws IOException {
    NpzWriter.write(bad, new EditedCheckpoint().withNaN(KERNEL, 7), Existing.REFUSE);
    refusedForUse("bad.npz", KERNEL, "NaN");
  }

  @Test
  void refusesAnotherFormat() throws IOException {
    Files.write(bad, new byte[] {(byte) 0x80, 2, '}', '.'});
    refused("bad.npz", "a Python pickle");
  }

  @Test
  void refusesDamagedKerasFile() throws IOException {
    Files.write(bad, new byte[] {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n', 0, 0, 0, 0});
    refused("bad.npz", "the file is damaged");
  }

  @Test
  void refusesTextFile() throws IOException {
    Files.writeString(bad, "version https://git-lfs.github.com/spec/v1\n");
    refused("bad.npz");
  }

  @Test
  void refusesMissingFile() throws IOException {
    refused("nothing of that name", "bad.npz");
  }

  @Test
  void keepsOutputThatExists() throws IOException {
    Path model = Fixtures.model(dir);
    Path out = Files.write(dir.resolve("features.npy"), new byte[] {1, 2, 3});
    Cli.run("features", "--model", model, "--out", out, data).failed("features.npy", "--force");
    assertArrayEquals(new byte[] {1, 2, 3}, Files.readAllBytes(out));
  }
}
