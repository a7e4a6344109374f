package io.github.tfbit.checkpoints.testing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.checkpoints.CheckpointException;
import io.github.tfbit.checkpoints.MemoryCheckpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.AssertionFailedError;

class MutationsTest {
  @TempDir Path dir;

  private Path file(int size) throws IOException {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return Files.write(dir.resolve("f"), bytes);
  }

  private static int changed(Path file, byte[] valid) throws IOException {
    return java.util.Arrays.mismatch(valid, Files.readAllBytes(file));
  }

  @Test
  void everySeedDamagesAndTheFileIsRestored() throws IOException {
    for (int size : new int[] {17, 5000, 3_000_000}) {
      Path f = file(size);
      byte[] valid = Files.readAllBytes(f);
      try (DamagedFile damaged = new DamagedFile(f)) {
        int different = 0;
        for (int seed = 0; seed < 60; seed++) {
          Damage.doTo(damaged, seed);
          different += changed(f, valid) >= 0 ? 1 : 0;
          damaged.restore();
          assertEquals(-1, changed(f, valid), "size " + size + ", seed " + seed);
        }
        assertTrue(different > 40, size + ": " + different);
      }
      assertArrayEquals(valid, Files.readAllBytes(f));
    }
  }

  @Test
  void oneSeedMakesOneFile() throws IOException {
    Path f = file(2000);
    Set<ByteBuffer> seen = new HashSet<>();
    for (int i = 0; i < 3; i++) {
      try (DamagedFile damaged = new DamagedFile(f)) {
        Damage.doTo(damaged, 42);
        seen.add(ByteBuffer.wrap(Files.readAllBytes(f)));
      }
    }
    assertEquals(1, seen.size());
  }

  @Test
  void countsWhatIsReadAndWhatIsRefused() throws IOException {
    Path f = file(100);
    int[] calls = new int[1];
    var report =
        Mutations.run(
            f,
            f,
            1,
            5,
            p -> {
              if (calls[0]++ < 2) {
                throw CheckpointException.corrupt("f", "a", "b");
              }
              return CheckpointContract.tiny();
            });
    assertEquals(new Mutations.Report(3, 2), report);
  }

  @Test
  void anythingElseFailsWithItsSeed() throws IOException {
    Path f = file(100);
    Mutations.Opener broken =
        p -> {
          throw new OutOfMemoryError("huge");
        };
    var e = assertThrows(AssertionFailedError.class, () -> Mutations.run(f, f, 7, 5, broken));
    assertEquals("f, mutation seed 7: java.lang.OutOfMemoryError: huge", e.getMessage());
  }

  @Test
  void aReaderOfTooFewBytesFails() throws IOException {
    Path f = file(100);
    Mutations.Opener lying = p -> new MemoryCheckpoint().add("x", java.util.List.of(3), 1, 2);
    assertThrows(AssertionFailedError.class, () -> Mutations.run(f, f, 7, 1, lying));
  }
}
