package io.github.tfbit.checkpoints.fetch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.checkpoints.fetch.Hash.Algorithm;
import io.github.tfbit.checkpoints.fetch.ScriptedServer.Script;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that share a cache, and processes that are killed. */
class ProcessesTest {
  private static final byte[] FILE = Hostile.bytes(30_000_000, 5);
  private static final int PIECE = 100_000;

  /** 100 kB every 2.5 ms: 40 MB a second. */
  private static final long PAUSE_NANOS = 2_500_000;

  /** From the request to the moved file, about. */
  private static final long SPAN_MILLIS = 1_200;

  private static final int PATIENCE_SECONDS = 120;

  @TempDir private Path temporary;

  /** An honest server whose bytes take their time, and are counted. */
  private static Script slow(AtomicLong sent, CountDownLatch asked) {
    return (n, request, to) -> {
      String tag = request.headers().get("if-range");
      int from = Hostile.TAG.equals(tag) ? (int) request.from() : 0;
      String range = "Content-Range: bytes " + from + "-" + (FILE.length - 1) + "/" + FILE.length;
      to.head(
          from > 0 ? "206 Partial Content" : "200 OK",
          "Content-Length: " + (FILE.length - from),
          "ETag: " + Hostile.TAG,
          from > 0 ? range : "Accept-Ranges: bytes",
          "x-goog-hash: md5=" + md5());
      asked.countDown();
      for (int at = from; at < FILE.length; at += PIECE) {
        int end = Math.min(FILE.length, at + PIECE);
        to.bytes(FILE, at, end);
        sent.addAndGet(end - at);
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    };
  }

  private static String md5() throws IOException {
    Path file = Files.createTempFile("tfbit", ".bin");
    try {
      Files.write(file, FILE);
      Hash hash = Digests.of(file, Set.of(Algorithm.MD5)).get(Algorithm.MD5);
      return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hash.hex()));
    } finally {
      Files.delete(file);
    }
  }

  @Test
  void fetchOnceForTwoProcesses() throws Exception {
    AtomicLong sent = new AtomicLong();
    CountDownLatch asked = new CountDownLatch(1);
    Path folder = temporary.resolve("cache");
    try (ScriptedServer server = new ScriptedServer(slow(sent, asked))) {
      URI address = server.uri("/m.bin");
      Process first = FetchingProcess.start(folder, address, temporary.resolve("1.txt"));
      Process second = FetchingProcess.start(folder, address, temporary.resolve("2.txt"));
      assertDone(first, temporary.resolve("1.txt"));
      assertDone(second, temporary.resolve("2.txt"));
      assertEquals(1, server.requests().size());
      assertEquals(FILE.length, sent.get());
    }
    assertWhole(folder);
  }

  /** {@code -Dtfbit.kills=20}: three by default, all twenty in the build service. */
  @Test
  void survivesKills() throws Exception {
    long seed = Long.getLong("tfbit.seed", System.nanoTime());
    Random random = new Random(seed);
    int kills = Integer.getInteger("tfbit.kills", 3);
    System.out.println(kills + " kills, -Dtfbit.seed=" + seed);
    int resumed = 0;
    for (int i = 0; i < kills; i++) {
      resumed += killAndFinish(temporary.resolve("cache" + i), random.nextLong(SPAN_MILLIS));
    }
    System.out.println(resumed + " of " + kills + " resumed in the middle");
  }

  /** 1 if the second process went on where the first was killed. */
  private int killAndFinish(Path folder, long after) throws Exception {
    AtomicLong sent = new AtomicLong();
    CountDownLatch asked = new CountDownLatch(1);
    try (ScriptedServer server = new ScriptedServer(slow(sent, asked))) {
      URI address = server.uri("/m.bin");
      Path output = temporary.resolve("out.txt");
      Process victim = FetchingProcess.start(folder, address, output);
      assertTrue(asked.await(PATIENCE_SECONDS, TimeUnit.SECONDS), "no request");
      victim.waitFor(after, TimeUnit.MILLISECONDS);
      victim.destroyForcibly().waitFor(); // SIGKILL
      assertNoStaleLock(folder);
      Path part = folder.resolve("m.bin.part");
      long there = Files.exists(part) ? Files.size(part) : 0;
      boolean arrived = Files.exists(folder.resolve("m.bin"));
      int before = server.requests().size();
      assertDone(FetchingProcess.start(folder, address, output), output);
      List<ScriptedServer.Request> further =
          server.requests().subList(before, server.requests().size());
      System.out.printf(
          "killed after %d ms with %,d bytes%s; %s%n",
          after,
          there,
          arrived ? " and the file in place" : "",
          further.isEmpty() ? "nothing asked for" : "asked from " + further.get(0).from());
      assertWhole(folder);
      if (arrived || there == FILE.length) {
        assertEquals(List.of(), further); // all was there: verified and moved
        return 0;
      }
      assertEquals(1, further.size());
      assertEquals(there, further.get(0).from()); // not one byte is fetched twice
      return there > 0 ? 1 : 0;
    }
  }

  private static void assertNoStaleLock(Path folder) throws IOException {
    Path file = folder.resolve(".locks").resolve("m.bin.lock");
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      assertNotNull(lock, "the lock outlived its holder");
    }
  }

  @Test
  void saysSoWhenTheDiskIsFull() throws Exception {
    Path folder = temporary.resolve("cache");
    Path output = temporary.resolve("out.txt");
    AtomicLong sent = new AtomicLong();
    try (ScriptedServer server = new ScriptedServer(slow(sent, new CountDownLatch(1)))) {
      // A limit on the length of a file is as near to a full disk as a test can get unprivileged.
      String limited = "ulimit -f 4096; exec \"$@\"";
      Process process =
          FetchingProcess.start(
              folder, server.uri("/m.bin"), output, "bash", "-c", limited, "limited");
      assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS));
      String said = Files.readString(output);
      assertEquals(1, process.exitValue(), said);
      assertTrue(said.startsWith("DISK "), said);
      assertTrue(said.contains("expected a file of any size, found a limit of the system"), said);
    }
    assertEquals(List.of("m.bin.part", "m.bin.part.json"), Hostile.contents(folder));
  }

  private static void assertDone(Process process, Path output) throws Exception {
    assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "it hangs");
    assertEquals(0, process.exitValue(), Files.readString(output));
  }

  private static void assertWhole(Path folder) throws IOException {
    assertArrayEquals(FILE, Files.readAllBytes(folder.resolve("m.bin")));
    assertEquals(List.of("m.bin", "m.bin.json"), Hostile.contents(folder));
  }
}
