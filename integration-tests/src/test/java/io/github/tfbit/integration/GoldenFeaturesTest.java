package io.github.tfbit.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.BitModel;
import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.Existing;
import io.github.tfbit.checkpoints.npy.NpyReader;
import io.github.tfbit.checkpoints.npy.NpyWriter;
import io.github.tfbit.checkpoints.npz.NpzReader;
import io.github.tfbit.checkpoints.npz.NpzWriter;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.converters.testing.SeededCheckpoint;
import io.github.tfbit.converters.testing.SeededTensors;
import io.github.tfbit.data.ImageSize;
import io.github.tfbit.graph.Endpoint;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * From an npz file to the official outputs: through the Java API, and through the command in a
 * process of its own with a heap of 512 MB, whatever the size of the file.
 */
@Tag("golden")
@Tag("large")
class GoldenFeaturesTest {
  /** The bar, in official float32 noises. */
  private static final double TIMES_NOISE = 3;

  @TempDir private Path dir;

  /** The columns are the official code's float32 noise, from the README beside its outputs. */
  @ParameterizedTest
  @CsvSource({
    "R50x1, 2.4e-5, 1.5e-5",
    "R101x1, 9.8e-5, 3.6e-5",
    "R50x3, 3.3e-5, 1.7e-5",
    "R101x3, 8.7e-5, 2.1e-5",
    "R152x2, 2.1e-4, 6.3e-5",
    "R152x4, 1.9e-4, 5.2e-5",
  })
  void outputsAreTheOfficialOnes(String name, double preLogitsNoise, double logitsNoise)
      throws Exception {
    try (Checkpoint golden = golden(name)) {
      int seed = (int) doubles(golden, "seed")[0];
      int classes = (int) doubles(golden, "classes")[0];
      double[] shape = doubles(golden, "input_shape");
      int[] nhwc = {(int) shape[0], (int) shape[1], (int) shape[2], (int) shape[3]};
      float[] pixels = SeededTensors.images(seed, nhwc);
      Path npz = dir.resolve("model.npz");
      try (Checkpoint weights = SeededCheckpoint.of(Architecture.named(name), classes, seed)) {
        NpzWriter.write(npz, weights);
      }
      Path images = dir.resolve("images.npy");
      try (NpyWriter npy = NpyWriter.float32(images, Existing.REFUSE, nhwc)) {
        npy.write(pixels);
        npy.commit();
      }
      double[] preLogits = doubles(golden, "pre_logits");
      double[] logits = doubles(golden, "logits");
      near(preLogits, command(npz, images, Endpoint.PRE_LOGITS), preLogitsNoise);
      near(logits, command(npz, images, Endpoint.LOGITS), logitsNoise);
      try (BitModel model = BitModel.open(npz)) {
        ImageSize size = new ImageSize(nhwc[1], nhwc[2]);
        near(preLogits, model.features(Endpoint.PRE_LOGITS, pixels, size).values(), preLogitsNoise);
        near(logits, model.features(Endpoint.LOGITS, pixels, size).values(), logitsNoise);
      }
    }
  }

  private static Checkpoint golden(String name) throws Exception {
    String shared = System.getProperty("tfbit.shared");
    if (shared == null) {
      throw new IllegalStateException("expected the system property tfbit.shared, found none");
    }
    return NpzReader.open(Path.of(shared, "golden", "forward_" + name + ".npz"));
  }

  private static double[] doubles(Checkpoint file, String name) throws Exception {
    ByteBuffer bytes = file.bytes(name);
    double[] values = new double[bytes.remaining() / Double.BYTES];
    boolean whole = !name.endsWith("logits");
    for (int i = 0; i < values.length; i++) {
      values[i] = whole ? bytes.getLong() : bytes.getDouble();
    }
    return values;
  }

  private float[] command(Path npz, Path images, Endpoint layer) throws Exception {
    Path out = dir.resolve(layer.layer() + ".npy");
    Path log = dir.resolve("log.txt");
    ProcessBuilder command =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                "io.github.tfbit.cli.Main",
                "features",
                "--model",
                npz.toString(),
                "--layer",
                layer.layer(),
                "--out",
                out.toString(),
                images.toString()));
    command.redirectErrorStream(true).redirectOutput(log.toFile());
    assertEquals(0, command.start().waitFor(), () -> text(log));
    try (NpyReader npy = NpyReader.open(out)) {
      ByteBuffer bytes = ByteBuffer.allocate((int) npy.info().byteSize());
      npy.readRows(0, npy.info().shape().get(0), bytes);
      bytes.flip().order(ByteOrder.LITTLE_ENDIAN);
      float[] values = new float[(int) npy.info().elements()];
      bytes.asFloatBuffer().get(values);
      return values;
    }
  }

  private static String text(Path log) {
    try {
      return Files.readString(log);
    } catch (java.io.IOException e) {
      return e.toString();
    }
  }

  private static void near(double[] expected, float[] found, double noise) {
    assertEquals(expected.length, found.length);
    double largest = 0;
    double squares = 0;
    for (int i = 0; i < found.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i] - found[i]));
      squares += expected[i] * expected[i];
    }
    double distance = largest / Math.sqrt(squares / expected.length);
    assertTrue(distance <= TIMES_NOISE * noise, distance + " of " + TIMES_NOISE * noise);
  }
}
