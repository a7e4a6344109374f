package io.github.tfbit.train;

import static io.github.tfbit.graph.Tolerance.assertNear;
import static io.github.tfbit.graph.Tolerance.distance;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.converters.Activation;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.converters.testing.SeededCheckpoint;
import io.github.tfbit.converters.testing.SeededTensors;
import io.github.tfbit.graph.Golden;
import io.github.tfbit.graph.Measured;
import io.github.tfbit.graph.SessionOptions;
import io.github.tfbit.graph.Tolerance;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

/** Twelve steps of the official code, learning rates and MixUp included. */
@Tag("golden")
final class GoldenTrainingTest {
  private static final int N = 6;
  private static final int HEIGHT = 64;
  private static final int WIDTH = 48;
  private static final int CLASSES = 10;

  @Test
  void twelveStepsOfR50x1AreTheOfficialOnes() throws IOException {
    Architecture r50 = Architecture.named("R50x1");
    try (Golden golden = Golden.open("train_R50x1");
        TrainingGraph graph =
            new TrainingGraph(
                r50,
                CLASSES,
                Objective.of(Activation.SOFTMAX),
                SessionOptions.DEFAULT,
                Optional.empty(),
                0)) {
      int seed = golden.whole("seed");
      SeededCheckpoint start = SeededCheckpoint.of(r50, 0, seed);
      graph.load(start, false);
      losses(golden, graph, seed);
      double[] after = new double[2 * CLASSES];
      try (TFloat32 images = tensor(SeededTensors.images(seed, 2, HEIGHT, WIDTH, 3), 2)) {
        float[][] logits = graph.logits(images);
        for (int i = 0; i < after.length; i++) {
          after[i] = logits[i / CLASSES][i % CLASSES];
        }
      }
      near("logits_after", distance(golden.values("logits_after"), after), Tolerance.LOGITS_AFTER);
      smallTensors(golden, graph, start);
    }
  }

  private static void losses(Golden golden, TrainingGraph graph, int seed) throws IOException {
    double[] expected = golden.values("loss");
    double[] rates = golden.values("lr");
    double[] lambdas = golden.values("mixup_lambda");
    for (int s = 0; s < expected.length; s++) {
      long own = seed * 1000L + s;
      float[] images = SeededTensors.images(own, N, HEIGHT, WIDTH, 3);
      float[] classes = SeededTensors.uniform("labels", own, N, 0, 1);
      float[] labels = new float[N * CLASSES];
      for (int i = 0; i < N; i++) {
        labels[i * CLASSES + (int) Math.floor(classes[i] * CLASSES)] = 1;
      }
      try (TFloat32 x = tensor(mix(images, lambdas[s]), N);
          TFloat32 y =
              TFloat32.tensorOf(Shape.of(N, CLASSES), DataBuffers.of(mix(labels, lambdas[s])))) {
        double loss = graph.step(x, y, 1f / N, (float) rates[s]);
        double relative = Math.abs(loss - expected[s]) / expected[s];
        near("loss of step " + s, relative, Tolerance.lossOfStep(s));
      }
    }
  }

  /**
   * The tensors themselves are near whatever one does: compares how far and where they went. One
   * that was never updated is at distance 1.
   */
  private static void smallTensors(Golden golden, TrainingGraph graph, Checkpoint start)
      throws IOException {
    try (Checkpoint weights = graph.weights()) {
      for (String name : golden.names()) {
        if (name.endsWith("_after") && !name.startsWith("logits")) {
          boolean head = name.startsWith("head");
          float[] found = cut(weights, name);
          float[] before = head ? new float[found.length] : cut(start, name);
          near(
              "move of " + name,
              relativeMove(golden.values(name), before, found),
              Tolerance.MOVE_AFTER);
        }
      }
    }
  }

  private static double relativeMove(double[] expected, float[] before, float[] found) {
    double apart = 0;
    double moved = 0;
    for (int i = 0; i < expected.length; i++) {
      apart += Math.pow(found[i] - expected[i], 2);
      moved += Math.pow(before[i] - expected[i], 2);
    }
    return Math.sqrt(apart / moved);
  }

  /** The tensor, or of block 3's kernel the first 8 by 8. */
  private static float[] cut(Checkpoint weights, String golden) throws IOException {
    String name = published(golden);
    FloatBuffer values = weights.bytes(name).asFloatBuffer();
    if (!golden.startsWith("block3")) {
      float[] all = new float[values.remaining()];
      values.get(all);
      return all;
    }
    int columns = weights.find(name).orElseThrow().shape().get(3);
    float[] corner = new float[64];
    for (int i = 0; i < corner.length; i++) {
      corner[i] = values.get(i / 8 * columns + i % 8);
    }
    return corner;
  }

  private static String published(String golden) {
    return switch (golden) {
      case "root_kernel_after" -> "resnet/root_block/standardized_conv2d/kernel";
      case "head_kernel_after" -> "resnet/head/conv2d/kernel";
      case "head_bias_after" -> "resnet/head/conv2d/bias";
      case "block1_unit01_a_gamma_after" -> "resnet/block1/unit01/a/group_norm/gamma";
      case "block4_unit03_c_beta_after" -> "resnet/block4/unit03/c/group_norm/beta";
      case "block3_unit02_a_kernel_after" -> "resnet/block3/unit02/a/standardized_conv2d/kernel";
      default -> throw new IllegalArgumentException(golden);
    };
  }

  private static float[] mix(float[] rows, double lambda) {
    int row = rows.length / N;
    float[] mixed = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      float other = rows[(N - 1 - i / row) * row + i % row];
      mixed[i] = (float) (lambda * rows[i] + (1 - lambda) * other);
    }
    return mixed;
  }

  private static TFloat32 tensor(float[] images, int n) {
    return TFloat32.tensorOf(Shape.of(n, HEIGHT, WIDTH, 3), DataBuffers.of(images));
  }

  private static void near(String what, double distance, double tolerance) {
    Measured.note(what, distance, tolerance);
    assertNear(distance, tolerance, what);
  }
}
