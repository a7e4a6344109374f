package io.github.tfbit.checkpoints.testing;

import static org.junit.jupiter.api.Assertions.fail;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.CheckpointException;
import io.github.tfbit.checkpoints.TensorInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Damages a valid file many times over; each damaged file has to be read or refused with a {@link
 * CheckpointException} within a second. Anything else - another exception, an error, a hang - fails
 * with the seed that makes the file again.
 *
 * <p>Four kinds of damage: bits flipped; the file cut short or lengthened; a piece copied over
 * another place; a little-endian or big-endian number of 1, 2, 4 or 8 bytes set to a hostile value.
 */
public final class Mutations {
  /** Mutations of each file: few in the test command, all in CI ({@code -Dtfbit.mutations=}). */
  public static final int COUNT = Integer.getInteger("tfbit.mutations", 500);

  private static final long LIMIT_MILLISECONDS = 1000;

  /** Time that a pause of the machine or of the collector may add without being the reader's. */
  private static final int ATTEMPTS = 3;

  private static final long[] HOSTILE = {
    0,
    1,
    0x7F,
    0x80,
    0xFF,
    0x7FFF,
    0xFFFF,
    0x7FFFFFFF,
    0x80000000L,
    0xFFFFFFFFL,
    0xFFFFFFFFFFL,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    -1,
    -8
  };

  private Mutations() {}

  /** Opens what is under test. */
  @FunctionalInterface
  public interface Opener {
    /**
     * Opens a file.
     *
     * @param model whose {@code file} was damaged
     */
    Checkpoint open(Path model) throws IOException;
  }

  /**
   * What came of them.
   *
   * @param read without complaint
   * @param refused with a typed error
   */
  public record Report(int read, int refused) {}

  /**
   * Damages one file.
   *
   * @param file that is damaged, in place; restored afterwards
   * @param model that is opened each time: the file itself, or a directory that it lies in
   * @param seed of the first mutation; each further one adds 1
   * @param count of mutations
   * @param opener of the reader under test; every tensor is then read both ways
   */
  public static Report run(Path file, Path model, long seed, int count, Opener opener)
      throws IOException {
    byte[] valid = Files.readAllBytes(file);
    System.getLogger(Mutations.class.getName())
        .log(System.Logger.Level.INFO, "{0}: {1} mutations, seed {2}", file, count, seed);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    int refused = 0;
    try {
      for (int i = 0; i < count; i++) {
        Files.write(file, mutate(valid, new Random(seed + i)));
        refused += refuses(thread, opener, model, file, seed + i) ? 1 : 0;
      }
    } finally {
      thread.shutdownNow();
      Files.write(file, valid);
    }
    return new Report(count - refused, refused);
  }

  private static boolean refuses(
      ExecutorService thread, Opener opener, Path model, Path file, long seed) {
    String which = file.getFileName() + ", mutation seed " + seed;
    for (int attempt = 1; ; attempt++) {
      var answer = thread.submit(() -> refuses(opener, model));
      try {
        return answer.get(LIMIT_MILLISECONDS, TimeUnit.MILLISECONDS);
      } catch (ExecutionException e) {
        return fail(which, e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return fail(which, e);
      } catch (TimeoutException e) {
        boolean ended = endsSoon(answer);
        if (!ended || attempt == ATTEMPTS) {
          return fail(which + ": neither read nor refused within a second", e);
        }
      }
    }
  }

  private static boolean endsSoon(java.util.concurrent.Future<Boolean> answer) {
    try {
      answer.get(10 * LIMIT_MILLISECONDS, TimeUnit.MILLISECONDS);
      return true;
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      return false;
    }
  }

  private static boolean refuses(Opener opener, Path model) throws IOException {
    try (Checkpoint c = opener.open(model)) {
      for (TensorInfo t : c.tensors()) {
        c.read(t.name(), ByteBuffer.allocate(Math.toIntExact(t.byteSize())));
        c.bytes(t.name());
      }
      return false;
    } catch (CheckpointException e) {
      return true;
    }
  }

  /** One damaged copy. */
  public static byte[] mutate(byte[] valid, Random random) {
    byte[] b = valid.clone();
    int changes = 1 + random.nextInt(3);
    for (int k = 0; k < changes && b.length > 16; k++) {
      switch (random.nextInt(8)) {
        case 0 -> b = Arrays.copyOf(b, random.nextInt(b.length));
        case 1 -> b = Arrays.copyOf(b, b.length + 1 + random.nextInt(64));
        case 2 -> splice(b, random);
        case 3, 4, 5 -> hostile(b, random);
        default -> b[place(b, random)] ^= (byte) (1 << random.nextInt(8));
      }
    }
    return b;
  }

  /** Half of all places lie in the first or last kilobyte, where formats keep their structure. */
  private static int place(byte[] b, Random random) {
    int edge = Math.min(1024, b.length);
    return switch (random.nextInt(4)) {
      case 0 -> random.nextInt(edge);
      case 1 -> b.length - 1 - random.nextInt(edge);
      default -> random.nextInt(b.length);
    };
  }

  private static void splice(byte[] b, Random random) {
    int length = 1 + random.nextInt(Math.min(64, b.length / 2));
    int from = random.nextInt(b.length - length + 1);
    int to = Math.min(place(b, random), b.length - length);
    System.arraycopy(b, from, b, to, length);
  }

  private static void hostile(byte[] b, Random random) {
    ByteBuffer buffer = ByteBuffer.wrap(b);
    buffer.order(random.nextInt(4) == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    long value = HOSTILE[random.nextInt(HOSTILE.length)];
    int at = Math.min(place(b, random), b.length - Long.BYTES);
    switch (random.nextInt(4)) {
      case 0 -> buffer.put(at, (byte) value);
      case 1 -> buffer.putShort(at, (short) value);
      case 2 -> buffer.putInt(at, (int) value);
      default -> buffer.putLong(at, value);
    }
  }
}
