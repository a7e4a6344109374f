package io.github.tfbit.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.BitModel;
import io.github.tfbit.Prediction;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.data.ImageSize;
import io.github.tfbit.data.ImageSource;
import io.github.tfbit.graph.InitialWeights;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Pictures, what a network says of each alone, and a judge of what it says under load. */
final class Soak {
  private static final byte[] BAD = {9, 8, 7, 6, 5};

  private final Architecture architecture;
  private final ImageSize size;
  private final List<byte[]> pictures = new ArrayList<>();
  private final List<Prediction.Ranked> expected = new ArrayList<>();

  Soak(String architecture, int side, int pictures) throws IOException {
    this.architecture = Architecture.named(architecture);
    this.size = ImageSize.square(side);
    try (BitModel model = open()) {
      for (int i = 0; i < pictures; i++) {
        this.pictures.add(Fixture.picture(i, i % 2 == 0 ? "jpg" : "png"));
        expected.add(model.classify(ImageSource.of(this.pictures.get(i))));
      }
    }
  }

  BitModel open() throws IOException {
    try (InitialWeights weights = InitialWeights.of(architecture, 10, 5)) {
      return BitModel.builder(weights).size(size).build();
    }
  }

  /** One call in fifty is no picture. */
  boolean bad(int call) {
    return call % 50 == 13;
  }

  byte[] picture(int call) {
    return bad(call) ? BAD : pictures.get(call % pictures.size());
  }

  Prediction.Ranked expected(int call) {
    return expected.get(call % expected.size());
  }

  void judge(int call, Prediction answer) {
    if (bad(call)) {
      assertInstanceOf(Prediction.Refused.class, answer);
    } else {
      assertRight(expected(call), (Prediction.Ranked) answer);
    }
  }

  private static void assertRight(Prediction.Ranked expected, Prediction.Ranked found) {
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

  interface Call {
    void make(int number) throws Exception;
  }

  /** The answers of so many threads to calls of the model itself. */
  void classify(BitModel model, int threads, int first, int calls) throws Exception {
    from(
        threads,
        first,
        calls,
        call -> judge(call, model.classify(List.of(ImageSource.of(picture(call)))).get(0)));
  }

  static void from(int threads, int first, int calls, Call call) throws Exception {
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
}
