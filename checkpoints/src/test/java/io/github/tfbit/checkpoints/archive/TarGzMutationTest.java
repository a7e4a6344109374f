package io.github.tfbit.checkpoints.archive;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.TensorInfo;
import io.github.tfbit.checkpoints.npz.NpzReader;
import io.github.tfbit.checkpoints.npz.NpzWriter;
import io.github.tfbit.checkpoints.testing.CheckpointContract;
import io.github.tfbit.checkpoints.testing.Mutations;
import io.github.tfbit.checkpoints.testing.SeededNetwork;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged archives: each is unpacked and read, or refused for a reason, and quickly. */
class TarGzMutationTest {
  @TempDir Path dir;

  private Path archive(Checkpoint contents) throws IOException {
    Path npz = dir.resolve("m.npz");
    NpzWriter.write(npz, contents);
    Path target = dir.resolve("m.tar.gz");
    try (var gzip = new GZIPOutputStream(Files.newOutputStream(target));
        var tar = new TarArchiveOutputStream(gzip)) {
      tar.putArchiveEntry(new TarArchiveEntry("./"));
      tar.closeArchiveEntry();
      TarArchiveEntry entry = new TarArchiveEntry("./m.npz");
      entry.setSize(Files.size(npz));
      tar.putArchiveEntry(entry);
      Files.copy(npz, tar);
      tar.closeArchiveEntry();
    }
    return target;
  }

  @Test
  void everyMutationOfAnArchiveIsReadOrRefused() throws IOException {
    Path f = archive(SeededNetwork.small());
    assertTrue(Files.size(f) < 100_000);
    check(f, 1_000_000, Mutations.COUNT, UnpackedNpz::open);
  }

  /** Damage before it is compressed: gzip's own checksum hides nothing of it. */
  @Test
  void everyMutationWithinGzipIsReadOrRefused() throws IOException {
    Path gzip = archive(CheckpointContract.tiny());
    Path tar = dir.resolve("m.tar");
    try (var in = new GZIPInputStream(new ByteArrayInputStream(Files.readAllBytes(gzip)))) {
      Files.write(tar, in.readAllBytes());
    }
    check(
        tar,
        2_000_000,
        Mutations.COUNT,
        f -> {
          Files.write(gzip, TarBuilder.gzip(Files.readAllBytes(f)));
          return UnpackedNpz.open(gzip);
        });
  }

  @Tag("large")
  @Test
  void everyMutationOfAFullSizeArchiveIsReadOrRefused() throws IOException {
    Path f = archive(SeededNetwork.fullSize());
    check(f, 3_000_000, Mutations.FULL_SIZE_COUNT, UnpackedNpz::open);
  }

  private static void check(Path f, long seed, int count, Mutations.Opener opener)
      throws IOException {
    var report = Mutations.run(f, f, seed, count, opener);
    assertTrue(report.refused() > count / 5, report.toString());
  }

  /** An archive and the file in it, closed together. */
  private record UnpackedNpz(UnpackedArchive archive, Checkpoint npz) implements Checkpoint {
    static UnpackedNpz open(Path tarGz) throws IOException {
      UnpackedArchive archive = TarGz.open(tarGz);
      try {
        return new UnpackedNpz(archive, NpzReader.open(archive.root()));
      } catch (IOException | RuntimeException e) {
        archive.close();
        throw e;
      }
    }

    @Override
    public String source() {
      return npz.source();
    }

    @Override
    public List<TensorInfo> tensors() {
      return npz.tensors();
    }

    @Override
    public void read(String name, ByteBuffer target) throws IOException {
      npz.read(name, target);
    }

    @Override
    public ByteBuffer bytes(String name) throws IOException {
      return npz.bytes(name);
    }

    @Override
    public void close() throws IOException {
      try (archive) {
        npz.close();
      }
    }
  }
}
