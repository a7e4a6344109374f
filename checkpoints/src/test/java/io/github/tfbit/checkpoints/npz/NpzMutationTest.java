package io.github.tfbit.checkpoints.npz;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.checkpoints.testing.Mutations;
import io.github.tfbit.checkpoints.testing.SeededNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged files: each is read or refused for a reason, and quickly. */
class NpzMutationTest {
  @TempDir Path dir;

  @Test
  void everyMutationOfASmallNetworkIsReadOrRefused() throws IOException {
    Path f = dir.resolve("stored.npz");
    NpzWriter.write(f, SeededNetwork.small());
    assertTrue(Files.size(f) < 100_000);
    check(f, 1_000_000, Mutations.COUNT);
  }

  @Test
  void everyMutationOfZip64IsReadOrRefused() throws IOException {
    Path f = Files.createFile(dir.resolve("zip64.npz"));
    NpzWriter.write(f, NpzWriterTest.tiny(), 100);
    check(f, 2_000_000, Mutations.COUNT);
  }

  @Test
  void everyMutationOfDeflatedMembersIsReadOrRefused() throws IOException {
    Path f =
        Files.write(
            dir.resolve("deflated.npz"),
            new ZipBuilder()
                .stored("a.npy", ZipBuilder.npy(1, 2))
                .deflated("b.npy", ZipBuilder.npy(new float[300]))
                .build());
    check(f, 3_000_000, Mutations.COUNT);
  }

  @Tag("large")
  @Test
  void everyMutationOfAFullSizeFileIsReadOrRefused() throws IOException {
    Path f = dir.resolve("full.npz");
    NpzWriter.write(f, SeededNetwork.fullSize());
    check(f, 4_000_000, Mutations.FULL_SIZE_COUNT);
  }

  private static void check(Path f, long seed, int count) throws IOException {
    var report = Mutations.run(f, f, seed, count, NpzReader::open);
    assertTrue(report.refused() > count / 2, report.toString());
  }
}
