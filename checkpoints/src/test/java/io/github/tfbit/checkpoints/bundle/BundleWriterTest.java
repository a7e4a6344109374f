package io.github.tfbit.checkpoints.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.tfbit.checkpoints.Existing;
import io.github.tfbit.checkpoints.MemoryCheckpoint;
import io.github.tfbit.checkpoints.OutputException;
import io.github.tfbit.checkpoints.TensorInfo;
import io.github.tfbit.checkpoints.testing.CheckpointContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleWriterTest {
  @TempDir Path dir;

  @Test
  void hasTheBytesOfTensorFlow1() throws IOException {
    Path theirs = Foreign.module("hub1").resolve("variables/variables");
    Path ours = dir.resolve("variables");
    try (BundleReader r = BundleReader.open(theirs)) {
      BundleWriter.write(ours, r, Existing.REFUSE);
    }
    for (String end : List.of(".index", ".data-00000-of-00001")) {
      Path a = theirs.resolveSibling("variables" + end);
      assertEquals(-1, Files.mismatch(a, dir.resolve("variables" + end)), end);
    }
  }

  @Test
  void objectsAreChildrenOfTheRoot() throws IOException {
    Path prefix = dir.resolve("o");
    List<BundleWriter.Child> children =
        List.of(
            new BundleWriter.Child("a/x:0", "a/x"),
            new BundleWriter.Child("s:0", "s"),
            new BundleWriter.Child("e:0", "e"),
            new BundleWriter.Child("labels.txt", ""));
    BundleWriter.writeObjects(
        prefix, CheckpointContract.tiny(), n -> n + ":0", children, Existing.REFUSE);
    try (BundleReader r = BundleReader.open(prefix)) {
      String key = "a.Sx:0/.ATTRIBUTES/VARIABLE_VALUE";
      assertEquals(key, r.tensors().get(0).name());
      assertEquals(CheckpointContract.tiny().bytes("a/x"), r.bytes(key));
      assertEquals(
          Map.of(key, "a/x", ObjectKeys.key("s:0"), "s", ObjectKeys.key("e:0"), "e"),
          r.fullNames());
    }
  }

  @Test
  void anIndexOfSeveralBlocksIsReadAgain() throws IOException {
    MemoryCheckpoint many = new MemoryCheckpoint();
    for (int i = 0; i < 9000; i++) {
      many.add(String.format("%04x/%s/v", i * 7919 % 9000, "ä".repeat(40)), List.of(), i);
    }
    BundleWriter.write(dir.resolve("m"), many, Existing.REFUSE);
    try (BundleReader r = BundleReader.open(dir.resolve("m"))) {
      assertEquals(many.tensors(), r.tensors());
      for (TensorInfo t : many.tensors()) {
        assertEquals(many.bytes(t.name()), r.bytes(t.name()));
      }
    }
  }

  @Test
  void existingFilesAreRefusedAndKept() throws IOException {
    Path index = Files.writeString(dir.resolve("m.index"), "x");
    assertThrows(
        OutputException.class,
        () -> BundleWriter.write(dir.resolve("m"), CheckpointContract.tiny(), Existing.REFUSE));
    assertEquals("x", Files.readString(index));
    assertEquals(1, dir.toFile().list().length);
  }

  @Test
  void existingFilesAreReplacedOnDemand() throws IOException {
    Files.writeString(dir.resolve("m.index"), "x");
    BundleWriter.write(dir.resolve("m"), CheckpointContract.tiny(), Existing.REPLACE);
    try (BundleReader r = BundleReader.open(dir.resolve("m"))) {
      assertEquals(3, r.tensors().size());
    }
  }

  @Test
  void keysThatCoincideAreRefusedAndNothingIsLeft() {
    Path prefix = dir.resolve("m");
    var e =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                BundleWriter.writeObjects(
                    prefix, CheckpointContract.tiny(), n -> "a", List.of(), Existing.REFUSE));
    assertEquals(
        "expected each key once and not empty, found 'a/.ATTRIBUTES/VARIABLE_VALUE'",
        e.getMessage());
    assertEquals(0, dir.toFile().list().length);
  }
}
