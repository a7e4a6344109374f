package io.github.tfbit.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.checkpoints.Existing;
import io.github.tfbit.checkpoints.npy.NpyWriter;
import io.github.tfbit.features.FeatureFile;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinearProbeTest {
  private static final int ROWS = 2100;
  private static final int WIDTH = 6;
  private static final int CLASSES = 3;

  @TempDir private Path dir;
  private FeatureFile features;
  private final int[] labels = new int[ROWS];

  /** Clouds of unlike spread around a corner for each class. */
  @BeforeEach
  void draw() throws IOException {
    Random random = new Random(7);
    float[] values = new float[ROWS * WIDTH];
    for (int i = 0; i < ROWS; i++) {
      labels[i] = random.nextInt(CLASSES);
      for (int d = 0; d < WIDTH; d++) {
        double centre = d % CLASSES == labels[i] ? 3 : 0;
        values[i * WIDTH + d] = (float) ((centre + 2 * random.nextGaussian()) * (d + 1));
      }
    }
    Path file = dir.resolve("features.npy");
    try (NpyWriter npy = NpyWriter.float32(file, Existing.REFUSE, ROWS, WIDTH)) {
      npy.write(values);
      npy.commit();
    }
    features = FeatureFile.open(file);
  }

  private LinearProbe fit(int rows, double l2) {
    int[] some = IntStream.range(0, rows).toArray();
    return LinearProbe.fit(
        new LinearProbe.Rows(features, some, Arrays.copyOf(labels, rows), CLASSES), l2);
  }

  private float[] row(int i) {
    float[] row = new float[WIDTH];
    features.read(i, FloatBuffer.wrap(row));
    return row;
  }

  /** The normal equations, solved here by elimination. */
  private double[] expected(int rows, double l2, float[] of) {
    double[][] x = new double[rows][];
    double[] mean = new double[WIDTH];
    double[] deviation = new double[WIDTH];
    for (int d = 0; d < WIDTH; d++) {
      for (int i = 0; i < rows; i++) {
        mean[d] += row(i)[d] / (double) rows;
      }
      for (int i = 0; i < rows; i++) {
        deviation[d] += Math.pow(row(i)[d] - mean[d], 2) / rows;
      }
      deviation[d] = Math.sqrt(deviation[d]) + 1e-5;
    }
    for (int i = 0; i < rows; i++) {
      x[i] = whitened(row(i), mean, deviation);
    }
    int n = WIDTH + 1;
    double[][] system = new double[n][n + CLASSES];
    for (int i = 0; i < rows; i++) {
      for (int a = 0; a < n; a++) {
        for (int b = 0; b < n; b++) {
          system[a][b] += x[i][a] * x[i][b];
        }
        for (int c = 0; c < CLASSES; c++) {
          system[a][n + c] += x[i][a] * (labels[i] == c ? 1 : -1);
        }
      }
    }
    for (int a = 0; a < n; a++) {
      system[a][a] += l2;
    }
    eliminate(system, n);
    double[] seen = whitened(of, mean, deviation);
    double[] scores = new double[CLASSES];
    for (int c = 0; c < CLASSES; c++) {
      for (int a = 0; a < n; a++) {
        scores[c] += seen[a] * system[a][n + c];
      }
    }
    return scores;
  }

  private static double[] whitened(float[] row, double[] mean, double[] deviation) {
    double[] x = new double[WIDTH + 1];
    for (int d = 0; d < WIDTH; d++) {
      x[d] = (row[d] - mean[d]) / deviation[d];
    }
    x[WIDTH] = 100;
    return x;
  }

  private static void eliminate(double[][] system, int n) {
    for (int a = 0; a < n; a++) {
      double pivot = system[a][a];
      for (int k = 0; k < system[a].length; k++) {
        system[a][k] /= pivot;
      }
      for (int b = 0; b < n; b++) {
        double factor = system[b][a];
        for (int k = 0; b != a && k < system[a].length; k++) {
          system[b][k] -= factor * system[a][k];
        }
      }
    }
  }

  @Test
  void solvesTheNormalEquationsForMoreRowsThanFeatures() {
    assertArrayEquals(
        expected(ROWS, LinearProbe.L2, row(5)), fit(ROWS, LinearProbe.L2).scores(row(5)), 1e-9);
  }

  @Test
  void solvesTheSameForFewerRowsThanFeatures() {
    assertArrayEquals(expected(5, 3, row(9)), fit(5, 3).scores(row(9)), 1e-9);
  }

  @Test
  void tellsTheClassesApart() {
    LinearProbe probe = fit(ROWS, LinearProbe.L2);
    int right = 0;
    for (int i = 0; i < ROWS; i++) {
      double[] scores = probe.scores(row(i));
      int best = scores[1] > scores[0] ? 1 : 0;
      best = scores[2] > scores[best] ? 2 : best;
      right += best == labels[i] ? 1 : 0;
    }
    assertTrue(right > 0.8 * ROWS, right + " of " + ROWS);
  }

  @Test
  void aFeatureThatNeverChangesDoesNoHarm() throws IOException {
    Path file = dir.resolve("still.npy");
    try (NpyWriter npy = NpyWriter.float32(file, Existing.REFUSE, 4, 2)) {
      npy.write(new float[] {1, 5, 2, 5, -1, 5, -2, 5});
      npy.commit();
    }
    LinearProbe probe =
        LinearProbe.fit(
            new LinearProbe.Rows(
                FeatureFile.open(file), new int[] {0, 1, 2, 3}, new int[] {0, 0, 1, 1}, 2),
            1);
    double[] scores = probe.scores(new float[] {1.5f, 5});
    assertTrue(scores[0] > 0 && scores[1] < 0, Arrays.toString(scores));
    assertEquals(-scores[0], scores[1], 1e-12);
  }

  @Test
  void refusesRowsWithoutLabels() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new LinearProbe.Rows(features, new int[] {1, 2}, new int[] {0}, 2));
    assertThrows(IllegalArgumentException.class, () -> fit(10, 0));
  }
}
