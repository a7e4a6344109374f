package io.github.tfbit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.converters.Architecture;
import io.github.tfbit.converters.testing.SeededCheckpoint;
import io.github.tfbit.data.ImageDataset;
import io.github.tfbit.data.ImageDatasets;
import io.github.tfbit.data.ImageSize;
import io.github.tfbit.data.ImageSource;
import io.github.tfbit.graph.Endpoint;
import io.github.tfbit.graph.InitialWeights;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * Whether every tensor is closed. JavaCPP counts what owns native memory and was not freed yet; the
 * first test shows that the count notices one forgotten tensor.
 */
class NativeMemoryTest {
  private static final Architecture TINY = new Architecture(List.of(1, 1, 1, 1), 8, 4);
  private static final int THREADS = 4;
  private static final int CALLS = 250;

  private static BitModel open(Architecture architecture, ImageSize size) throws IOException {
    return BitModel.builder(SeededCheckpoint.of(architecture, 4, 3)).size(size).build();
  }

  private static List<ImageSource> pictures(int n) {
    List<ImageSource> pictures = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      pictures.add(ImageSource.of(Drawings.jpeg(i, 90, 61)));
    }
    return pictures;
  }

  @Test
  void theGaugeNoticesOneForgottenTensor() throws IOException {
    try (BitModel model = open(TINY, ImageSize.square(48))) {
      model.classify(pictures(2));
      long before = Pointer.totalCount();
      TFloat32 forgotten = TFloat32.tensorOf(Shape.of(1, 48, 48, 3));
      assertEquals(before + 1, Pointer.totalCount());
      forgotten.close();
      assertEquals(before, Pointer.totalCount());
    }
  }

  @Test
  void noKindOfCallKeepsATensor() throws IOException {
    List<ImageSource> mixed = pictures(50);
    mixed.set(3, ImageSource.of("no picture".getBytes(StandardCharsets.UTF_8)));
    try (BitModel model = open(TINY, ImageSize.square(48))) {
      model.classify(mixed);
      long before = Pointer.totalCount();
      for (int i = 0; i < 5; i++) {
        model.classify(mixed);
        model.classify(mixed.get(0));
        model.features(mixed.subList(10, 20));
        model.features(Endpoint.BLOCK1, mixed.get(0));
        model.features(Endpoint.LOGITS, new float[2 * 3 * 20 * 30], new ImageSize(20, 30));
      }
      assertEquals(before, Pointer.totalCount());
    }
  }

  @Test
  void aClosedModelKeepsNothing() throws IOException {
    open(TINY, ImageSize.square(48)).close();
    long before = Pointer.totalCount();
    for (int i = 0; i < 3; i++) {
      try (BitModel model = open(TINY, ImageSize.square(48))) {
        model.classify(pictures(2));
      }
    }
    assertEquals(before, Pointer.totalCount());
  }

  @Test
  void anExportKeepsNothing(@TempDir Path dir) throws IOException {
    SavedModelExport export =
        SavedModelExport.of(SeededCheckpoint.of(TINY, 4, 3)).size(ImageSize.square(48)).build();
    export.writeTo(dir);
    long before = Pointer.totalCount();
    export.writeTo(dir);
    export.writeTo(dir);
    assertEquals(before, Pointer.totalCount());
  }

  @Test
  void aTrainingKeepsNothing(@TempDir Path dir) throws IOException {
    train(dir.resolve("0"));
    long before = Pointer.totalCount();
    for (int i = 1; i < 4; i++) {
      train(dir.resolve(String.valueOf(i)));
    }
    assertEquals(before, Pointer.totalCount());
  }

  private static void train(Path run) throws IOException {
    ImageDataset pictures = Drawn.dataset(6, 24);
    HyperRule rule =
        HyperRule.of(ImageDatasets.survey(pictures), TINY).toBuilder()
            .steps(2)
            .batch(6)
            .resize(32)
            .crop(28)
            .build();
    FineTuning.from(InitialWeights.of(TINY, 3, 1), pictures)
        .hyperRule(rule)
        .validation(pictures)
        .run(run)
        .build()
        .call();
  }

  @Test
  void aThousandCallsFromFourThreadsGiveTheSameAnswersInFlatMemory() throws Exception {
    try (BitModel model = open(TINY, ImageSize.square(48))) {
      assertFlat(model);
    }
  }

  @Test
  @Tag("large")
  void aThousandCallsOfR50x1FromFourThreadsGiveTheSameAnswersInFlatMemory() throws Exception {
    try (BitModel model = open(Architecture.named("R50x1"), ImageSize.square(96))) {
      assertFlat(model);
    }
  }

  /** A quarter of the calls warms up; what the rest adds to resident memory is the test. */
  private static void assertFlat(BitModel model) throws Exception {
    List<ImageSource> pictures = pictures(8);
    List<Prediction> expected = new ArrayList<>();
    for (ImageSource picture : pictures) {
      expected.add(model.classify(picture));
    }
    callFromThreads(model, pictures, expected, CALLS / 4);
    long count = Pointer.totalCount();
    long resident = Pointer.physicalBytes();
    callFromThreads(model, pictures, expected, CALLS - CALLS / 4);
    assertEquals(count, Pointer.totalCount());
    double growth = Pointer.physicalBytes() / (double) resident - 1;
    assertTrue(growth <= 0.05, "resident memory grew by " + growth);
  }

  private static void callFromThreads(
      BitModel model, List<ImageSource> pictures, List<Prediction> expected, int calls)
      throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> done = new ArrayList<>();
      for (int t = 0; t < THREADS; t++) {
        int first = t;
        done.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < calls; i++) {
                    int which = (first + i) % pictures.size();
                    assertEquals(expected.get(which), model.classify(pictures.get(which)));
                  }
                  return null;
                }));
      }
      for (Future<?> each : done) {
        each.get();
      }
    } finally {
      threads.shutdown();
    }
  }
}
