package io.github.tfbit.integration;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.Gson;
import io.github.tfbit.checkpoints.Existing;
import io.github.tfbit.checkpoints.npy.NpyWriter;
import io.github.tfbit.converters.Activation;
import io.github.tfbit.evaluate.Evaluation;
import io.github.tfbit.evaluate.LabelScore;
import io.github.tfbit.evaluate.LabelScores;
import io.github.tfbit.features.FeatureFile;
import io.github.tfbit.train.LinearProbe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Shares, precision, F1, average precision and losses are scikit-learn's. */
@Tag("python")
class ScikitLearnTest {
  private static final int CLASSES = 8;
  private static final int PICTURES = 400;
  private static final double TOLERANCE = 1e-9;

  @TempDir private Path dir;

  /** What {@code sklearn_scores.py} writes. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Scores(
      double top1,
      double top5,
      double precision,
      double recall,
      double f1,
      double log_loss,
      long[][] confusion,
      double[] ap,
      double[] label_f1,
      double micro_f1) {}

  @Test
  void agreesInEveryFigure() throws Exception {
    SplittableRandom random = new SplittableRandom(5);
    float[][] logits = new float[PICTURES][CLASSES];
    float[][] coarse = new float[PICTURES][CLASSES]; // scores are equal now and then
    int[] labels = new int[PICTURES];
    int[][] many = new int[PICTURES][];
    for (int i = 0; i < PICTURES; i++) {
      int label = random.nextInt(CLASSES - 1); // the last class has no picture, but answers
      labels[i] = label;
      for (int c = 0; c < CLASSES; c++) {
        logits[i][c] = (float) (random.nextGaussian() + (c == label ? 1 : 0));
        coarse[i][c] = Math.round(logits[i][c] * 8) / 8f;
      }
      many[i] =
          IntStream.range(0, CLASSES).filter(c -> c == label || random.nextInt(5) == 0).toArray();
    }
    Evaluation.Counter softmax = Evaluation.counter(CLASSES, Activation.SOFTMAX);
    Evaluation.Counter sigmoid = Evaluation.counter(CLASSES, Activation.SIGMOID);
    for (int i = 0; i < PICTURES; i++) {
      softmax.add(logits[i], new int[] {labels[i]});
      sigmoid.add(coarse[i], many[i]);
    }
    Evaluation ours = softmax.result();
    LabelScores scores = sigmoid.result().labels().orElseThrow();
    List<Double> thresholds = new ArrayList<>();
    scores.labels().forEach(l -> thresholds.add(l.threshold()));
    Scores theirs =
        scikitLearn(
            Map.of(
                "logits", logits,
                "coarse", coarse,
                "labels", labels,
                "many", many,
                "thresholds", thresholds));
    assertEquals(theirs.top1(), ours.top1(), TOLERANCE);
    assertEquals(theirs.top5(), ours.top5(), TOLERANCE);
    assertEquals(theirs.log_loss(), ours.crossEntropy(), TOLERANCE);
    // scikit-learn counts a class without pictures as 0, we leave it out: same sum, other number.
    double withPictures = CLASSES / (CLASSES - 1.0);
    assertEquals(theirs.recall() * withPictures, ours.meanRecall(), TOLERANCE);
    assertEquals(theirs.precision(), ours.meanPrecision(), TOLERANCE);
    assertEquals(theirs.f1(), ours.meanF1(), TOLERANCE);
    for (int a = 0; a < CLASSES; a++) {
      for (int b = 0; b < CLASSES; b++) {
        assertEquals(theirs.confusion()[a][b], ours.confusion().count(a, b));
      }
      LabelScore label = scores.labels().get(a);
      assertEquals(theirs.ap()[a], label.averagePrecision(), TOLERANCE);
      assertEquals(theirs.label_f1()[a], label.f1(), TOLERANCE);
    }
    assertEquals(theirs.micro_f1(), scores.microF1(), TOLERANCE);
  }

  private Scores scikitLearn(Map<String, Object> given) throws Exception {
    Path in = Files.writeString(dir.resolve("in.json"), new Gson().toJson(given));
    Path out = dir.resolve("out.json");
    Python.tensorflow("sklearn_scores.py", in.toString(), out.toString());
    return new Gson().fromJson(Files.readString(out), Scores.class);
  }

  /** More rows than features, and fewer: two ways to the same weights. */
  @ParameterizedTest
  @ValueSource(ints = {200, 20})
  void probesAsItsRidgeRegression(int rows) throws Exception {
    int width = 40;
    int classes = 3;
    SplittableRandom random = new SplittableRandom(rows);
    int[] labels = new int[rows];
    float[] train = new float[rows * width];
    for (int i = 0; i < train.length; i++) {
      labels[i / width] = i / width % classes;
      train[i] = (float) Math.max(0, random.nextGaussian() * (i % width) + labels[i / width]);
    }
    float[] test = new float[10 * width];
    for (int i = 0; i < test.length; i++) {
      test[i] = (float) Math.max(0, random.nextGaussian() * (i % width));
    }
    write("train.npy", train, width);
    write("test.npy", test, width);
    Map<String, Object> facts = Map.of("labels", labels, "classes", classes, "l2", LinearProbe.L2);
    Files.writeString(dir.resolve("labels.json"), new Gson().toJson(facts));
    Python.tensorflow("sklearn_ridge.py", dir.toString());
    double[][] theirs =
        new Gson().fromJson(Files.readString(dir.resolve("scores.json")), double[][].class);
    LinearProbe probe =
        LinearProbe.fit(
            new LinearProbe.Rows(
                FeatureFile.open(dir.resolve("train.npy")),
                IntStream.range(0, rows).toArray(),
                labels,
                classes),
            LinearProbe.L2);
    for (int i = 0; i < theirs.length; i++) {
      float[] row = Arrays.copyOfRange(test, i * width, (i + 1) * width);
      assertArrayEquals(theirs[i], probe.scores(row), TOLERANCE);
    }
  }

  private void write(String name, float[] values, int width) throws IOException {
    try (NpyWriter npy =
        NpyWriter.float32(dir.resolve(name), Existing.REFUSE, values.length / width, width)) {
      npy.write(values);
      npy.commit();
    }
  }
}
