package io.github.tfbit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.data.ImageDataset;
import io.github.tfbit.data.ImageDatasets;
import io.github.tfbit.data.ImageSize;
import io.github.tfbit.data.ImageSource;
import io.github.tfbit.features.FeatureCache;
import io.github.tfbit.features.FeatureFile;
import io.github.tfbit.graph.Endpoint;
import io.github.tfbit.graph.InitialWeights;
import io.github.tfbit.graph.SessionOptions;
import io.github.tfbit.image.Decoding;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FrozenPartTest {
  private static final Architecture TINY = new Architecture(List.of(1, 1, 1, 1), 8, 4);
  private static final int SIDE = 40;

  @TempDir private Path dir;
  private final Checkpoint upstream = InitialWeights.of(TINY, 5, 3);
  private final ImageDataset pictures = Drawn.dataset(36, 2);
  private final List<String> described = new ArrayList<>();

  private FineTuning.Builder run(String name, Endpoint cut) throws IOException {
    HyperRule rule =
        HyperRule.of(ImageDatasets.survey(pictures), TINY).toBuilder()
            .steps(12)
            .batch(24)
            .rate(0.1)
            .resize(SIDE)
            .crop(SIDE)
            .build();
    return FineTuning.from(upstream, pictures)
        .architecture(TINY)
        .hyperRule(rule)
        .validation(Drawn.dataset(9, 7))
        .freeze(cut)
        .featureCache(dir.resolve("features"))
        .run(dir.resolve(name))
        .listener(
            new TrainingListener() {
              @Override
              public void described(String part, int done, int of) {
                described.add(part + " " + done + " of " + of);
              }
            });
  }

  @ParameterizedTest
  @EnumSource(names = {"ROOT_BLOCK", "BLOCK2", "BLOCK3", "BLOCK4", "PRE_LOGITS"})
  void featuresAreWhatTheNetworkAnswersWith(Endpoint cut) throws IOException {
    FrozenPart part =
        new FrozenPart(upstream, TINY, cut, 33, Decoding.DEFAULT, SessionOptions.DEFAULT);
    FeatureFile file =
        part.features(new FeatureCache(dir), pictures, (done, of) -> assertEquals(36, of));
    try (BitModel model =
        BitModel.builder(upstream).architecture(TINY).size(ImageSize.square(33)).build()) {
      List<ImageSource> all = new ArrayList<>();
      for (int i = 0; i < pictures.size(); i++) {
        all.add(ImageSource.named("p" + i, pictures.example(i).encoded()));
      }
      FeatureMap expected = model.features(cut, all);
      assertEquals(expected.shape().subList(1, expected.shape().size()), file.shape());
      float[] found = new float[expected.values().length];
      FloatBuffer into = FloatBuffer.wrap(found);
      for (int i = 0; i < file.rows(); i++) {
        file.read(i, into);
      }
      assertArrayEquals(expected.values(), found);
    }
  }

  @Test
  void theSecondRunTakesThemFromTheCacheAndEndsInTheSameBytes() throws IOException {
    Run first = run("first", Endpoint.PRE_LOGITS).build().call();
    assertEquals(List.of("train 32 of 36", "train 36 of 36", "held out 9 of 9"), described);
    described.clear();
    Run second = run("second", Endpoint.PRE_LOGITS).build().call();
    assertEquals(List.of(), described);
    assertArrayEquals(
        Files.readAllBytes(first.weightsFile()), Files.readAllBytes(second.weightsFile()));
    assertEquals(1, second.history().size());
    assertTrue(second.history().get(0).top1() > 0.4, () -> "top-1 " + readHistory(second));
  }

  private static String readHistory(Run run) {
    try {
      return run.history().toString();
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Test
  void learnsNothingBeforeTheCutAndEverythingBehindIt() throws IOException {
    Run run = run("cut", Endpoint.BLOCK3).build().call();
    try (Checkpoint weights = run.weights()) {
      for (var tensor : weights.tensors()) {
        String name = tensor.name();
        boolean before = name.matches("resnet/(root_block|block[123])/.*");
        if (before) {
          assertEquals(upstream.bytes(name), weights.bytes(name), name);
        } else if (!name.startsWith("resnet/head")) {
          assertNotEquals(upstream.bytes(name), weights.bytes(name), name);
        }
      }
    }
  }

  @Test
  void saysInThePlanWhatIsLeftOut() throws IOException {
    Plan plan = run("plan", Endpoint.PRE_LOGITS).build().plan().plan();
    assertEquals(24, plan.microBatch());
    assertTrue(
        plan.notes()
            .contains(
                "only the head learns, from features that are computed once, of pictures as an"
                    + " evaluation sees them: at 40 px, without crop, flip and MixUp"),
        plan::toString);
  }

  @Test
  void whatWasComputedBeforeACancellationIsKept() throws IOException {
    List<FineTuning> jobs = new ArrayList<>();
    jobs.add(
        run("cancelled", Endpoint.PRE_LOGITS)
            .listener(
                new TrainingListener() {
                  @Override
                  public void described(String part, int done, int of) {
                    jobs.get(0).cancel();
                  }
                })
            .build());
    assertThrows(CancellationException.class, jobs.get(0)::call);
    run("again", Endpoint.PRE_LOGITS).build().call();
    assertEquals(List.of("train 36 of 36", "held out 9 of 9"), described);
  }

  @Test
  void nothingLearnsBehindTheLogits() {
    assertThrows(IllegalArgumentException.class, () -> run("none", Endpoint.LOGITS));
  }
}
