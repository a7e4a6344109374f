package io.github.tfbit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.checkpoints.CheckpointException;
import io.github.tfbit.converters.Activation;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.data.ImageDataset;
import io.github.tfbit.data.ImageSource;
import io.github.tfbit.evaluate.Evaluation;
import io.github.tfbit.evaluate.LabelScore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThresholdsTest {
  private static final Architecture TINY = new Architecture(List.of(1, 1, 1, 1), 8, 4);

  @TempDir private static Path dir;
  private static final List<Evaluation> seen = new ArrayList<>();
  private static final ImageDataset heldOut = Drawn.dataset(9, 7);

  @BeforeAll
  static void trainBothKinds() throws IOException {
    for (Activation loss : Activation.values()) {
      Pretraining.of(TINY, Drawn.dataset(12, 2))
          .epochs(1)
          .batch(6)
          .resize(40)
          .crop(32)
          .loss(loss)
          .validation(heldOut)
          .run(dir.resolve(loss.name()))
          .listener(
              new TrainingListener() {
                @Override
                public void evaluated(int step, Evaluation evaluation) {
                  if (loss == Activation.SIGMOID) {
                    seen.add(evaluation);
                  }
                }
              })
          .build()
          .call();
    }
  }

  private static Path sigmoid() {
    return dir.resolve("SIGMOID");
  }

  private static List<Double> best() {
    return seen.get(0).labels().orElseThrow().labels().stream().map(LabelScore::threshold).toList();
  }

  @Test
  void runStoresThoseOfTheBestF1() throws IOException {
    assertEquals(best(), Run.open(sigmoid()).thresholds().orElseThrow().values());
    Run softmax = Run.open(dir.resolve("SOFTMAX"));
    assertEquals(Optional.empty(), softmax.thresholds());
    assertFalse(Files.exists(softmax.directory().resolve("thresholds.json")));
  }

  @Test
  void modelAnswersAndIsJudgedByThem() throws IOException {
    try (BitModel model = BitModel.open(sigmoid())) {
      var answer = model.classify(ImageSource.named("one", heldOut.example(0).encoded())).top();
      for (Prediction.Score score : answer) {
        double threshold = best().get(score.index());
        assertEquals(threshold, score.threshold().orElseThrow());
        assertEquals(score.probability() >= threshold, score.isPresent().orElseThrow());
      }
      List<LabelScore> scores =
          model.evaluate(Drawn.dataset(6, 11)).labels().orElseThrow().labels();
      assertEquals(best(), scores.stream().map(LabelScore::threshold).toList());
    }
    try (BitModel model = BitModel.open(dir.resolve("SOFTMAX"))) {
      var one = model.classify(ImageSource.named("one", heldOut.example(0).encoded())).best();
      assertEquals(Optional.empty(), one.isPresent());
    }
  }

  @Test
  void exportCarriesThem() throws IOException {
    Path export = SavedModelExport.of(sigmoid()).build().writeTo(dir.resolve("exported"));
    assertTrue(Files.exists(export.resolve("assets.extra/thresholds.json")));
    try (BitModel model = BitModel.open(export)) {
      assertEquals(best(), model.thresholds().orElseThrow().values());
    }
  }

  @Test
  void labelWithoutPicturesHasAHalf() throws IOException {
    Evaluation.Counter counter = Evaluation.counter(2, Activation.SIGMOID);
    counter.add(new float[] {1, -1}, new int[] {0});
    Thresholds found = Thresholds.of(counter.result().labels().orElseThrow());
    assertEquals(0.5, found.values().get(1));
    found.write(dir, List.of("a", "b"));
    assertEquals(Optional.of(found), Thresholds.read(dir, List.of("a", "b")));
    assertThrows(CheckpointException.Corrupt.class, () -> Thresholds.read(dir, List.of("a", "c")));
    Files.writeString(dir.resolve("thresholds.json"), "{\"a\": 2, \"b\": 0.5}");
    assertThrows(CheckpointException.Corrupt.class, () -> Thresholds.read(dir, List.of("a", "b")));
  }

  @Test
  void runSaysWhatItWasComputedOnButNotWhere() throws IOException {
    var machine = Run.open(sigmoid()).machine();
    assertEquals(
        Set.of("processor", "cores", "memory_bytes", "system", "device"), machine.keySet());
    String provenance = Files.readString(sigmoid().resolve("provenance.json"));
    assertFalse(provenance.contains(java.net.InetAddress.getLocalHost().getHostName()));
    assertTrue(Files.readString(sigmoid().resolve("report.html")).contains("processor"));
  }
}
