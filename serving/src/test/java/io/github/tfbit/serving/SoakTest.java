package io.github.tfbit.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.BitModel;
import io.github.tfbit.Prediction;
import io.github.tfbit.batch.BatchQueue;
import io.github.tfbit.data.ImageSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A model held for months, in short: many calls from many threads, some of them bad, give right
 * answers, and memory stays where it was.
 */
@Tag("soak")
class SoakTest {
  private static Soak small;

  @BeforeAll
  static void answerEachPictureAlone() throws IOException {
    small = new Soak("R26x0.25", 40, 50);
  }

  /** Memory at the end within 5 % of what it was after the first round of calls. */
  private static void assertNoGrowth(Soak soak, int[] threads, int calls) throws Exception {
    try (BitModel model = soak.open()) {
      double early = 0;
      for (int i = 0; i < threads.length; i++) {
        soak.classify(model, threads[i], calls * i, calls);
        double now = Memory.residentMib();
        early = i == 0 ? now : early;
        System.Logger log = System.getLogger("soak");
        log.log(System.Logger.Level.INFO, calls * (i + 1) + " calls, " + Math.round(now) + " MiB");
      }
      double end = Memory.residentMib();
      assertTrue(
          end <= 1.05 * early, early + " MiB after " + calls + " calls, " + end + " at last");
    }
  }

  @Test
  void theLibraryAnswersTwentyThousandCallsInTheSameMemory() throws Exception {
    assertNoGrowth(small, new int[] {64, 1, 2, 4, 8, 16, 32, 64, 64, 64}, 2000);
  }

  @Test
  void aFullSizeNetworkAnswersFiveHundred() throws Exception {
    assertNoGrowth(new Soak("R50x1", 224, 20), new int[] {64, 1, 8, 32, 64}, 100);
  }

  @Test
  void aQueueOverTheModelAnswersAsWell() throws Exception {
    try (BitModel model = small.open();
        BatchQueue<ImageSource, Prediction> queue =
            BatchQueue.<ImageSource, Prediction>of(batch -> classify(model, batch))
                .most(i -> model.microBatch())
                .build()) {
      Soak.from(
          32,
          0,
          4000,
          call -> {
            byte[] bytes = small.picture(call);
            small.judge(call, queue.submit(ImageSource.of(bytes)).join());
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
  void twoHundredModelsLeaveNothingBehind() throws Exception {
    double early = 0;
    for (int i = 0; i < 200; i++) {
      try (BitModel model = small.open()) {
        small.classify(model, 1, i * 50, 1);
      }
      early = i == 19 ? Memory.residentMib() : early;
    }
    double end = Memory.residentMib();
    assertTrue(end <= 1.1 * early, early + " MiB after 20 models, " + end + " after 200");
  }

  @Test
  void theServerAnswersTwoThousandMixedRequests() throws Exception {
    try (BitModel model = small.open();
        ModelServer server = ModelServer.of(model).restPort(0).grpcPort(0).start();
        Clients clients = new Clients(server)) {
      double early = 0;
      for (int round = 0; round < 5; round++) {
        Soak.from(
            16,
            round * 2000,
            2000,
            call -> {
              byte[] bytes = small.picture(call);
              float[] scores = call % 2 == 0 ? clients.rest(bytes) : clients.grpc(bytes);
              if (small.bad(call)) {
                assertEquals(0, scores.length);
                return;
              }
              for (int i = 0; i < scores.length; i++) {
                double expected = small.expected(call).top().get(i).probability();
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
