package io.github.tfbit.checkpoints.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.CheckpointException;
import io.github.tfbit.checkpoints.TensorInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Damages a valid file many times over; each damaged file has to be read or refused with a {@link
 * CheckpointException} within a second, and what is read has to be the same whichever way it is
 * read. Anything else - another exception, an error, a hang - fails with the seed that makes the
 * file again.
 *
 * <p>Six kinds of damage: bits flipped; the file cut short or lengthened; a piece copied over
 * another place; a piece inserted or taken out; a little-endian or big-endian number of 1, 2, 4 or
 * 8 bytes set to a hostile value; a digit or a number in text made another.
 *
 * <p>The file may have any size: it is damaged in place.
 */
public final class Mutations {
  /** Mutations of each file: few in the test command, all in CI ({@code -Dtfbit.mutations=}). */
  public static final int COUNT = Integer.getInteger("tfbit.mutations", 500);

  /** Mutations of a file of full size. */
  public static final int FULL_SIZE_COUNT = 100;

  private static final long LIMIT_MILLISECONDS = 1000;

  /** What the contents of a big file may add, in bytes a millisecond: 50 MB/s, read both ways. */
  private static final long CONTENTS_RATE = 50_000;

  /** Time that a pause of the machine or of the collector may add without being the reader's. */
  private static final int ATTEMPTS = 3;

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
    ExecutorService thread = Executors.newSingleThreadExecutor(Mutations::daemon);
    Map<String, Integer> outcomes = new TreeMap<>();
    try (DamagedFile damaged = new DamagedFile(file)) {
      long limit =
          LIMIT_MILLISECONDS + size(Files.isDirectory(model) ? model : file) / CONTENTS_RATE;
      for (long s = seed; s < seed + count; s++) {
        Damage.doTo(damaged, s);
        String which = file.getFileName() + ", mutation seed " + s;
        outcomes.merge(
            outcome(() -> thread.submit(() -> use(opener, model)), limit, which), 1, Integer::sum);
        damaged.restore();
      }
    } finally {
      thread.shutdownNow();
    }
    System.getLogger(Mutations.class.getName())
        .log(
            System.Logger.Level.INFO,
            String.format(
                Locale.ROOT,
                "%s: %,d mutations from seed %d: %s",
                file.getFileName(),
                count,
                seed,
                outcomes));
    int read = outcomes.getOrDefault(READ, 0);
    return new Report(read, count - read);
  }

  private static long size(Path fileOrDirectory) throws IOException {
    try (Stream<Path> files = Files.walk(fileOrDirectory)) {
      return files.map(Path::toFile).mapToLong(f -> f.isFile() ? f.length() : 0).sum();
    }
  }

  private static final String READ = "read";

  /** A thread that hangs must not keep the tests from ending. */
  private static Thread daemon(Runnable body) {
    Thread thread = new Thread(body, "mutations");
    thread.setDaemon(true);
    return thread;
  }

  private static String outcome(Supplier<Future<String>> start, long limit, String which) {
    for (int attempt = 1; ; attempt++) {
      Future<String> answer = start.get();
      try {
        return answer.get(limit, TimeUnit.MILLISECONDS);
      } catch (ExecutionException e) {
        return fail(which + ": " + e.getCause(), e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return fail(which, e);
      } catch (TimeoutException e) {
        if (!endsSoon(answer, 10 * limit) || attempt == ATTEMPTS) {
          return fail(which + ": neither read nor refused within " + limit + " ms", e);
        }
      }
    }
  }

  private static boolean endsSoon(Future<String> answer, long milliseconds) {
    try {
      answer.get(milliseconds, TimeUnit.MILLISECONDS);
      return true;
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      return false;
    }
  }

  private static String use(Opener opener, Path model) throws IOException {
    try (Checkpoint c = opener.open(model)) {
      for (TensorInfo t : c.tensors()) {
        ByteBuffer copied = ByteBuffer.allocate(Math.toIntExact(t.byteSize()));
        c.read(t.name(), copied);
        assertEquals(0, copied.remaining(), t.name());
        assertEquals(copied.flip(), c.bytes(t.name()), t.name());
      }
      return READ;
    } catch (CheckpointException e) {
      return e.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }
  }
}
