package io.github.tfbit.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.BitModel;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.data.ImageSize;
import io.github.tfbit.graph.Endpoint;
import io.github.tfbit.graph.InitialWeights;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What a server costs beside the network, in one run on one machine: R50x1 at 224 px, clients on
 * the same cores. Run by its own profile; it prints, and asserts only what is no matter of speed.
 */
@Tag("soak")
class ServerBenchmark {
  private static final ImageSize SIZE = ImageSize.square(224);
  private static final int SECONDS = 8;

  private static BitModel open() throws IOException {
    try (InitialWeights weights = InitialWeights.of(Architecture.named("R50x1"), 1000, 5)) {
      return BitModel.builder(weights).size(SIZE).build();
    }
  }

  /** A JPEG of 400 x 300 pixels with something in it. */
  private static byte[] photograph() throws IOException {
    BufferedImage image = new BufferedImage(400, 300, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 400; i++) {
      g.setColor(new Color(random.nextInt(1 << 24)));
      g.fillOval(random.nextInt(400), random.nextInt(300), 5 + i % 40, 5 + i % 30);
    }
    g.dispose();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "jpg", out);
    return out.toByteArray();
  }

  private static void print(String format, Object... args) {
    System.getLogger("benchmark")
        .log(System.Logger.Level.INFO, String.format(Locale.ROOT, format, args));
  }

  /** Pictures per second of the network alone, as the command bench measures it. */
  private static double direct(BitModel model) {
    int batch = model.microBatch();
    float[] pixels = new float[batch * SIZE.floats()];
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) random.nextDouble(-1, 1);
    }
    long start = System.nanoTime();
    int pictures = 0;
    while (System.nanoTime() - start < SECONDS * 1e9) {
      pictures += model.features(Endpoint.PRE_LOGITS, pixels, SIZE).values().length > 0 ? batch : 0;
    }
    return pictures / ((System.nanoTime() - start) / 1e9);
  }

  private interface Call {
    void make() throws Exception;
  }

  /** Calls one after the other from each of several threads; seconds of each. */
  private static double[] load(int threads, Call call) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    List<Future<List<Double>>> all = new ArrayList<>();
    long end = System.nanoTime() + SECONDS * 1_000_000_000L;
    for (int t = 0; t < threads; t++) {
      all.add(
          pool.submit(
              () -> {
                List<Double> times = new ArrayList<>();
                while (System.nanoTime() < end) {
                  long start = System.nanoTime();
                  call.make();
                  times.add((System.nanoTime() - start) / 1e9);
                }
                return times;
              }));
    }
    List<Double> times = new ArrayList<>();
    for (Future<List<Double>> one : all) {
      times.addAll(one.get());
    }
    pool.shutdown();
    double[] sorted = times.stream().mapToDouble(d -> d).toArray();
    Arrays.sort(sorted);
    return sorted;
  }

  @Test
  void latencyAndThroughput() throws Exception {
    byte[] picture = photograph();
    try (BitModel model = open();
        ModelServer server = ModelServer.of(model).restPort(0).grpcPort(0).start();
        Clients clients = new Clients(server)) {
      load(4, () -> clients.grpc(picture));
      for (int threads : new int[] {1, 2, 4, 8, 16, 32}) {
        for (boolean grpc : new boolean[] {true, false}) {
          double[] times = load(threads, () -> answered(clients, picture, grpc));
          print(
              "%s, %d callers: median %.0f ms, p99 %.0f ms, %.1f pictures/s",
              grpc ? "gRPC" : "REST",
              threads,
              1000 * times[times.length / 2],
              1000 * times[(int) (times.length * 0.99)],
              times.length / Arrays.stream(times).sum() * threads);
        }
      }
      for (int round = 0; round < 3; round++) {
        double alone = direct(model);
        double[] times = load(32, () -> answered(clients, picture, true));
        double served = times.length / Arrays.stream(times).sum() * 32;
        print(
            "network alone %.2f pictures/s, served %.2f, ratio %.3f",
            alone, served, served / alone);
      }
    }
  }

  private static void answered(Clients clients, byte[] picture, boolean grpc) throws Exception {
    assertEquals(5, (grpc ? clients.grpc(picture) : clients.rest(picture)).length);
  }

  /** Ten times what it can answer, for half a minute. */
  @Test
  void overload() throws Exception {
    byte[] picture = photograph();
    Limits limits = new Limits(64L << 20, 64, 64, Duration.ofSeconds(30));
    try (BitModel model = open();
        ModelServer server = ModelServer.of(model).restPort(0).grpcPort(0).limits(limits).start();
        Clients clients = new Clients(server)) {
      double[] times = load(8, () -> answered(clients, picture, false));
      double capacity = times.length / Arrays.stream(times).sum() * 8;
      double before = Memory.residentMib();
      Map<Clients.Outcome, Integer> outcomes = new EnumMap<>(Clients.Outcome.class);
      double most = before;
      ScheduledExecutorService senders = Executors.newScheduledThreadPool(128);
      List<Future<Clients.Outcome>> sent = new ArrayList<>();
      int requests = (int) (10 * capacity * 30);
      for (int i = 0; i < requests; i++) {
        long at = (long) (i / (10 * capacity) * 1e9);
        sent.add(senders.schedule(() -> clients.outcome(picture), at, TimeUnit.NANOSECONDS));
      }
      for (int i = 0; i < requests; i++) {
        outcomes.merge(sent.get(i).get(), 1, Integer::sum);
        if (i % (requests / 8) == 0) {
          most = Math.max(most, Memory.residentMib());
        }
      }
      senders.shutdown();
      print(
          "capacity %.1f/s; %d requests at ten times that: %s; memory before %.0f MiB, at most %.0f",
          capacity, requests, outcomes, before, most);
      assertEquals(null, outcomes.get(Clients.Outcome.INVALID));
      assertTrue(outcomes.get(Clients.Outcome.REFUSED) > requests / 2);
      double[] after = load(8, () -> answered(clients, picture, false));
      print(
          "afterwards: median %.0f ms, as before: %.0f ms",
          1000 * median(after), 1000 * median(times));
    }
  }

  private static double median(double[] sorted) {
    return sorted[sorted.length / 2];
  }
}
