package io.github.tfbit.checkpoints.npz;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.CheckpointException;
import io.github.tfbit.checkpoints.TensorInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two thousand damaged files: each is read or refused for a reason, and quickly. */
class NpzMutationTest {
  private static final int MUTATIONS = 2000;
  private static final int[] EDGES = {0, 1, 0x7F, 0x80, 0xFF};

  @TempDir Path dir;

  @Test
  void everyMutationIsReadOrRefused() throws IOException {
    Path zip64 = Files.createFile(dir.resolve("zip64.npz"));
    NpzWriter.write(zip64, NpzWriterTest.tiny(), 100);
    byte[] mixed =
        new ZipBuilder()
            .stored("a.npy", ZipBuilder.npy(1, 2))
            .deflated("b.npy", ZipBuilder.npy(new float[300]))
            .build();
    byte[][] seeds = {Files.readAllBytes(zip64), mixed};
    Random random = new Random(0);
    int refused = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] mutant = mutate(seeds[i % seeds.length].clone(), random);
      refused += refuses(mutant, i) ? 1 : 0;
    }
    assertTrue(refused > MUTATIONS / 2, refused + " of " + MUTATIONS + " refused");
  }

  private static byte[] mutate(byte[] b, Random random) {
    int changes = 1 + random.nextInt(4);
    for (int k = 0; k < changes; k++) {
      int at = random.nextInt(b.length);
      b[at] =
          random.nextBoolean()
              ? (byte) EDGES[random.nextInt(EDGES.length)]
              : (byte) (b[at] ^ 1 << random.nextInt(8));
    }
    int end = b.length - random.nextInt(3) * random.nextInt(2);
    return java.util.Arrays.copyOf(b, end);
  }

  private boolean refuses(byte[] mutant, int i) throws IOException {
    Path f = Files.write(dir.resolve("m.npz"), mutant);
    return assertTimeoutPreemptively(
        Duration.ofSeconds(5), () -> refuses(f), () -> "mutation " + i);
  }

  private static boolean refuses(Path f) throws IOException {
    try (Checkpoint c = NpzReader.open(f)) {
      for (TensorInfo t : c.tensors()) {
        c.read(t.name(), ByteBuffer.allocate((int) t.byteSize()));
        c.bytes(t.name());
      }
      return false;
    } catch (CheckpointException e) {
      return true;
    }
  }
}
