package io.github.tfbit.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.BitModel;
import io.github.tfbit.Prediction;
import io.github.tfbit.batch.BatchQueue;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.data.ImageSize;
import io.github.tfbit.data.ImageSource;
import io.github.tfbit.graph.InitialWeights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A model held for months, in short: many calls from many threads, some of them bad, give right
 * answers, and memory stays where it was.
 */
@Tag("soak")
class SoakTest {
  private static final int PICTURES = 50;
  private static final ImageSize SIZE = ImageSize.square(40);
  private static final byte[] BAD = {9, 8, 7, 6, 5};

  private static final List<byte[]> PICTURE = new ArrayList<>();
  private static final List<Prediction.Ranked> EXPECTED = new ArrayList<>();

  private static BitModel open() {
    Architecture small = Architecture.named("R26x0.25");
    try (InitialWeights weights = InitialWeights.of(small, 10, 5)) {
      return BitModel.builder(weights).size(SIZE).build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BeforeAll
  static void answerEachPictureAlone() throws IOException {
    try (BitModel model = open()) {
      for (int i = 0; i < PICTURES; i++) {
        PICTURE.add(Fixture.picture(i, i % 2 == 0 ? "jpg" : "png"));
        EXPECTED.add(model.classify(ImageSource.of(PICTURE.get(i))));
      }
    }
  }

  private static void assertRight(int picture, Prediction.Ranked found) {
    Prediction.Ranked expected = EXPECTED.get(picture);
    for (int i = 0; i < expected.top().size(); i++) {
      Prediction.Score e = expected.top().get(i);
      Prediction.Score f = found.top().get(i);
      assertEquals(e.probability(), f.probability(), 1e-5);
      boolean tie =
          i > 0 && Math.abs(expected.top().get(i - 1).probability() - e.probability()) < 1e-5;
      boolean next =
          i + 1 < expected.top().size()
              && Math.abs(expected.top().get(i + 1).probability() - e.probability()) < 1e-5;
      assertTrue(e.index() == f.index() || tie || next, expected + " " + found);
    }
  }

  /** One call in fifty is no picture. */
  private static boolean bad(int call) {
    return call % 50 == 13;
  }

  private static void call(BitModel model, int call) {
    byte[] bytes = bad(call) ? BAD : PICTURE.get(call % PICTURES);
    Prediction answer;
    try {
      answer = model.classify(List.of(ImageSource.of(bytes))).get(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    judge(call, answer);
  }

  private static void judge(int call, Prediction answer) {
    if (bad(call)) {
      assertInstanceOf(Prediction.Refused.class, answer);
    } else {
      assertRight(call % PICTURES, (Prediction.Ranked) answer);
    }
  }

  private interface Call {
    void make(int number) throws Exception;
  }

  private static void from(int threads, int first, int calls, Call call) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    AtomicInteger next = new AtomicInteger(first);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        all.add(
            pool.submit(
                () -> {
                  for (int i = next.getAndIncrement();
                      i < first + calls;
                      i = next.getAndIncrement()) {
                    call.make(i);
                  }
                  return null;
                }));
      }
      for (Future<?> thread : all) {
        thread.get();
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void theLibraryAnswersTwentyThousandCallsInTheSameMemory() throws Exception {
    try (BitModel model = open()) {
      int[] threads = {64, 1, 2, 4, 8, 16, 32, 64, 64, 64};
      double early = 0;
      for (int i = 0; i < threads.length; i++) {
        from(threads[i], 2000 * i, 2000, call -> call(model, call));
        double now = Memory.residentMib();
        early = i == 0 ? now : early;
        System.Logger log = System.getLogger("soak");
        log.log(System.Logger.Level.INFO, (2000 * (i + 1)) + " calls, " + Math.round(now) + " MiB");
      }
      double end = Memory.residentMib();
      assertTrue(end <= 1.05 * early, early + " MiB after 2,000 calls, " + end + " at the end");
    }
  }

  @Test
  void aQueueOverTheModelAnswersAsWell() throws Exception {
    try (BitModel model = open();
        BatchQueue<ImageSource, Prediction> queue =
            BatchQueue.<ImageSource, Prediction>of(batch -> classify(model, batch))
                .most(i -> model.microBatch())
                .build()) {
      from(
          32,
          0,
          4000,
          call -> {
            byte[] bytes = bad(call) ? BAD : PICTURE.get(call % PICTURES);
            judge(call, queue.submit(ImageSource.of(bytes)).join());
          });
    }
  }

  private static List<Prediction> classify(BitModel model, List<ImageSource> batch) {
    try {
      return model.classify(batch);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void twoHundredModelsLeaveNothingBehind() throws IOException {
    double early = 0;
    for (int i = 0; i < 200; i++) {
      try (BitModel model = open()) {
        assertRight(i % PICTURES, model.classify(ImageSource.of(PICTURE.get(i % PICTURES))));
      }
      early = i == 19 ? Memory.residentMib() : early;
    }
    double end = Memory.residentMib();
    assertTrue(end <= 1.1 * early, early + " MiB after 20 models, " + end + " after 200");
  }

  @Test
  void theServerAnswersTwoThousandMixedRequests() throws Exception {
    try (BitModel model = open();
        ModelServer server = ModelServer.of(model).restPort(0).grpcPort(0).start();
        Clients clients = new Clients(server)) {
      double early = 0;
      for (int round = 0; round < 5; round++) {
        from(
            16,
            round * 2000,
            2000,
            call -> {
              byte[] bytes = bad(call) ? BAD : PICTURE.get(call % PICTURES);
              float[] scores = call % 2 == 0 ? clients.rest(bytes) : clients.grpc(bytes);
              if (bad(call)) {
                assertEquals(0, scores.length);
                return;
              }
              for (int i = 0; i < scores.length; i++) {
                double expected = EXPECTED.get(call % PICTURES).top().get(i).probability();
                assertEquals(expected, scores[i], 1e-5, Arrays.toString(scores));
              }
            });
        double now = Memory.residentMib();
        early = round == 0 ? now : early;
      }
      double end = Memory.residentMib();
      assertTrue(end <= 1.05 * early, early + " MiB after 2,000 requests, " + end + " at the end");
    }
  }
}
