package io.github.tfbit.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.data.ImageSize;
import io.github.tfbit.data.ImageSource;
import io.github.tfbit.graph.TensorFlowRuntime;
import io.github.tfbit.graph.Tensors;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;

/** Against TensorFlow 2.21's Python on eight photographs. */
@Tag("golden")
class GoldenPreprocessingTest {
  /** Largest difference of float32 pixels and of means: the project's bar. */
  private static final double PIXELS = 1e-6;

  /** What float16 can say of values up to 1. */
  private static final double HALF_PRECISION = 5e-4;

  private static Path shared(String file) {
    String shared = System.getProperty("tfbit.shared");
    if (shared == null) {
      throw new IllegalStateException("golden tests need -Dtfbit.shared=FOLDER");
    }
    return Path.of(shared, file);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
  void givesPythonsPixels(int i) throws IOException {
    try (NumpyArrays golden = NumpyArrays.open(shared("golden/preprocess.npz"));
        ImageDecoder decoder = ImageDecoder.open(Decoding.DEFAULT, 0)) {
      Path file = shared("data/imagenet-samples").resolve(golden.strings("names").get(i));
      near(golden.values(i + "/eval_128"), decode(decoder, file, 128), PIXELS);
      float[] at384 = decode(decoder, file, 384);
      near(golden.values(i + "/eval_384_corner"), corner(at384, 384), PIXELS);
      assertEquals(golden.values(i + "/eval_384_mean")[0], mean(at384), PIXELS);
      double mean480 = mean(decode(decoder, file, 480));
      assertEquals(golden.values(i + "/eval_480_mean")[0], mean480, PIXELS);
      training(golden, i, Files.readAllBytes(file));
    }
  }

  /** The sum of the decoded bytes, and a crop whose place and mirroring are given. */
  private static void training(NumpyArrays golden, int i, byte[] bytes) throws IOException {
    TensorFlowRuntime.prepare();
    try (Graph graph = new Graph();
        TString in = TString.tensorOfBytes(NdArrays.scalarOfObject(bytes))) {
      Ops tf = Ops.create(graph);
      var encoded = tf.placeholder(TString.class);
      Operand<TUint8> pixels = Preprocessing.decode(tf, encoded);
      Operand<TInt64> sum = tf.sum(tf.dtypes.cast(pixels, TInt64.class), tf.array(0, 1, 2));
      Operand<TInt32> shape = tf.shape(pixels);
      Operand<TFloat32> resized = Preprocessing.resize(tf, pixels, tf.array(160, 160));
      Operand<TFloat32> cropped = Preprocessing.crop(tf, resized, tf.array(9, 23), 128);
      Operand<TFloat32> image =
          Preprocessing.scale(tf, Preprocessing.mirror(tf, cropped, tf.constant(true)));
      try (Session session = new Session(graph);
          Result r =
              session.runner().feed(encoded, in).fetch(sum).fetch(shape).fetch(image).run()) {
        assertEquals((long) golden.values(i + "/decoded_sum")[0], ((TInt64) r.get(0)).getLong());
        double[] sides = golden.values(i + "/decoded_shape");
        assertEquals((int) sides[0], ((TInt32) r.get(1)).getInt(0));
        assertEquals((int) sides[1], ((TInt32) r.get(1)).getInt(1));
        double tolerance = i < 4 ? PIXELS : HALF_PRECISION;
        String name = i + "/train_160_crop_9_23_flip";
        near(golden.values(name), Tensors.floats((TFloat32) r.get(2)), tolerance);
      }
    }
  }

  private static float[] decode(ImageDecoder decoder, Path file, int side) throws IOException {
    float[] pixels = new float[3 * side * side];
    decoder.decode(ImageSource.of(file), ImageSize.square(side), FloatBuffer.wrap(pixels));
    return pixels;
  }

  private static float[] corner(float[] image, int side) {
    float[] corner = new float[16 * 16 * 3];
    for (int row = 0; row < 16; row++) {
      System.arraycopy(image, row * side * 3, corner, row * 48, 48);
    }
    return corner;
  }

  private static double mean(float[] values) {
    double sum = 0;
    for (float v : values) {
      sum += v;
    }
    return sum / values.length;
  }

  private static void near(double[] expected, float[] found, double tolerance) {
    assertEquals(expected.length, found.length);
    double largest = 0;
    for (int i = 0; i < found.length; i++) {
      double d = Math.abs(expected[i] - found[i]);
      largest = d > largest || Double.isNaN(d) ? d : largest;
    }
    double worst = largest;
    assertTrue(worst <= tolerance, () -> worst + " of at most " + tolerance);
  }
}
