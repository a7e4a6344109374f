package io.github.tfbit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.CheckpointException;
import io.github.tfbit.converters.Activation;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.data.ImageDataset;
import io.github.tfbit.data.ImageDatasets;
import io.github.tfbit.graph.Endpoint;
import io.github.tfbit.graph.HeadFunction;
import io.github.tfbit.graph.InitialWeights;
import io.github.tfbit.train.LossFunction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnFunctionsTest {
  private static final Architecture TINY = new Architecture(List.of(1, 1, 1, 1), 8, 4);

  /** Cross-entropy again, in other ops. */
  private static final LossFunction SAME =
      (tf, logits, labels) ->
          tf.math.neg(
              tf.reduceSum(
                  tf.math.mul(labels, tf.nn.logSoftmax(logits)), tf.constant(new int[] {1})));

  /** Logits of half the size. */
  private static final HeadFunction HALVED =
      (tf, features, kernel, bias) ->
          tf.math.mul(HeadFunction.LINEAR.logits(tf, features, kernel, bias), tf.constant(0.5f));

  @TempDir private Path dir;
  private final Checkpoint upstream = InitialWeights.of(TINY, 0, 3);
  private final ImageDataset train = Drawn.dataset(24, 2);
  private final ImageDataset test = Drawn.dataset(12, 7);
  private final List<Double> losses = new ArrayList<>();

  private FineTuning.Builder run(String name) throws IOException {
    losses.clear();
    HyperRule rule =
        HyperRule.of(ImageDatasets.survey(train), TINY).toBuilder()
            .steps(5)
            .batch(12)
            .rate(0.05)
            .resize(36)
            .crop(32)
            .build();
    return FineTuning.from(upstream, train)
        .architecture(TINY)
        .hyperRule(rule)
        .validation(test)
        .run(dir.resolve(name))
        .listener(
            new TrainingListener() {
              @Override
              public void stepped(Step s) {
                losses.add(s.loss());
              }
            });
  }

  private List<Double> losses(FineTuning.Builder run) throws IOException {
    run.build().call();
    return List.copyOf(losses);
  }

  @Test
  void theSameLossInOtherOpsComesToTheSameTraining() throws IOException {
    List<Double> plain = losses(run("plain"));
    List<Double> own = losses(run("own").loss("cross-entropy", SAME));
    for (int i = 0; i < plain.size(); i++) {
      assertEquals(plain.get(i), own.get(i), 1e-4, plain + " and " + own);
    }
  }

  @Test
  void aLossDecidesWhatIsLearned() throws IOException {
    List<Double> own =
        losses(
            run("still")
                .loss(
                    "zero",
                    (tf, logits, labels) ->
                        tf.math.mul(
                            tf.reduceSum(logits, tf.constant(new int[] {1})), tf.constant(0f))));
    assertEquals(List.of(0.0, 0.0, 0.0, 0.0, 0.0), own);
  }

  @Test
  void anAugmentationChangesTrainingPicturesOnly() throws IOException {
    Run blind =
        run("blind")
            .augmentation("grey", (tf, picture, seed) -> tf.zerosLike(picture))
            .build()
            .call();
    double chance = blind.history().get(0).top1();
    assertEquals(Math.log(3), losses.get(0), 1e-5);
    Run seeing = run("seeing").augmentation("none", (tf, p, seed) -> p).build().call();
    assertArrayEquals(
        Files.readAllBytes(run("plain").build().call().weightsFile()),
        Files.readAllBytes(seeing.weightsFile()));
    assertFalse(
        Arrays.equals(
            Files.readAllBytes(blind.weightsFile()), Files.readAllBytes(seeing.weightsFile())));
    assertTrue(chance <= 1, () -> "top-1 " + chance);
  }

  @Test
  void aHeadIsTheSameInTrainingAndAnswers() throws IOException {
    Run run = run("halved").head("halved", HALVED).build().call();
    assertEquals("halved", Run.open(run.directory()).ownHead().orElseThrow());
    try (BitModel own = BitModel.builder(run.directory()).head(HALVED).build();
        BitModel plain =
            BitModel.builder(run.weights())
                .architecture(TINY)
                .labels(run.labels())
                .size(own.size())
                .activation(Activation.SOFTMAX)
                .build()) {
      assertEquals(run.history().get(0).top1(), own.evaluate(test).top1());
      List<io.github.tfbit.data.ImageSource> one =
          List.of(io.github.tfbit.data.ImageSource.of(test.example(0).encoded()));
      float[] half = own.features(Endpoint.LOGITS, one).values();
      float[] whole = plain.features(Endpoint.LOGITS, one).values();
      for (int c = 0; c < half.length; c++) {
        assertEquals(whole[c] / 2, half[c], 1e-6f);
      }
    }
    CheckpointException e =
        assertThrows(CheckpointException.class, () -> BitModel.open(run.directory()));
    assertEquals("one of the user's own, called halved", e.problem().found());
    assertThrows(
        CheckpointException.class,
        () -> SavedModelExport.of(run.directory()).build().writeTo(dir.resolve("export")));
  }

  @Test
  void aResumedRunIsComparedByTheNames() throws IOException {
    FineTuning.Builder stopping =
        run("stopped")
            .loss("mine", SAME)
            .listener(
                new TrainingListener() {
                  @Override
                  public void stepped(Step s) {
                    throw new IllegalStateException("enough");
                  }
                });
    assertThrows(IllegalStateException.class, stopping.build()::call);
    TrainingException e =
        assertThrows(TrainingException.class, run("stopped").resume(true).build()::call);
    assertTrue(e.problem().found().contains("mine"), e.problem().found());
    run("stopped").loss("mine", SAME).resume(true).build().call();
  }

  @Test
  void featuresAreNotAugmented() throws IOException {
    FineTuning.Builder both =
        run("both").freeze(Endpoint.PRE_LOGITS).augmentation("none", (tf, p, seed) -> p);
    assertThrows(IllegalArgumentException.class, both::build);
  }
}
