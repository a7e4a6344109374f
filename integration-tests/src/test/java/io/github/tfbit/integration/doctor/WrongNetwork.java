package io.github.tfbit.integration.doctor;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.data.ImageSize;
import io.github.tfbit.data.ImageSource;
import io.github.tfbit.doctor.Answer;
import io.github.tfbit.doctor.Patient;
import io.github.tfbit.image.Decoding;
import io.github.tfbit.image.ImageDecoder;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.EagerSession;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;

/** BiT written down once more in eager operations, the textbook's way, with one mistake. */
final class WrongNetwork implements Patient {
  private static final ImageSize SIZE = ImageSize.square(40);

  private final Checkpoint weights;
  private final Architecture architecture;
  private final String mistake;
  private final ImageDecoder decoder = ImageDecoder.open(Decoding.DEFAULT, 0);
  private Ops tf;

  WrongNetwork(Checkpoint weights, Architecture architecture, String mistake) {
    this.weights = weights;
    this.architecture = architecture;
    this.mistake = mistake;
  }

  @Override
  public String name() {
    return "wrong network";
  }

  @Override
  public List<Answer> answers(List<byte[]> pictures) throws IOException {
    List<Answer> answers = new ArrayList<>();
    for (byte[] picture : pictures) {
      float[] pixels = new float[SIZE.floats()];
      decoder.decode(ImageSource.of(picture), SIZE, FloatBuffer.wrap(pixels));
      try (EagerSession session = EagerSession.create()) {
        tf = Ops.create(session);
        TFloat32 scores = tf.nn.softmax(logits(constant(pixels, 1, 40, 40, 3))).asTensor();
        float[] values = new float[(int) scores.size()];
        scores.asRawTensor().data().asFloats().read(values);
        answers.add(
            new Answer(
                IntStream.range(0, values.length).mapToObj(Integer::toString).toList(), values));
      }
    }
    return answers;
  }

  private Operand<TFloat32> constant(float[] values, long... shape) {
    return tf.constant(Shape.of(shape), DataBuffers.of(values));
  }

  private Operand<TFloat32> tensor(String name) throws IOException {
    FloatBuffer from = weights.bytes(name).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    float[] values = new float[from.remaining()];
    from.get(values);
    long[] shape =
        weights.find(name).orElseThrow().shape().stream().mapToLong(Number::longValue).toArray();
    return constant(values, shape);
  }

  private Operand<TFloat32> logits(Operand<TFloat32> images) throws IOException {
    boolean same = mistake.equals("SAME");
    Operand<TFloat32> x = convolution("resnet/root_block/standardized_conv2d/kernel", images, 2);
    x =
        tf.nn.maxPool(
            same ? x : padded(x, 1),
            tf.array(1, 3, 3, 1),
            tf.array(1, 2, 2, 1),
            same ? "SAME" : "VALID");
    for (int block = 1; block <= 4; block++) {
      for (int unit = 1; unit <= architecture.units().get(block - 1); unit++) {
        x = unit(String.format("resnet/block%d/unit%02d/", block, unit), x, block, unit);
      }
    }
    if (!mistake.equals("no last norm")) {
      x = norm("resnet/group_norm", x);
    }
    Operand<TFloat32> features = tf.math.mean(tf.nn.relu(x), tf.array(1, 2));
    Operand<TFloat32> kernel =
        tf.reshape(tensor("resnet/head/conv2d/kernel"), tf.array(architecture.features(), -1));
    return tf.math.add(tf.linalg.matMul(features, kernel), tensor("resnet/head/conv2d/bias"));
  }

  private Operand<TFloat32> unit(String name, Operand<TFloat32> x, int block, int unit)
      throws IOException {
    int stride = block > 1 && unit == 1 ? 2 : 1;
    Operand<TFloat32> first = tf.nn.relu(norm(name + "a/group_norm", x));
    Operand<TFloat32> shortcut =
        unit == 1 ? convolution(name + "a/proj/standardized_conv2d/kernel", first, stride) : x;
    Operand<TFloat32> y = convolution(name + "a/standardized_conv2d/kernel", first, 1);
    y = tf.nn.relu(norm(name + "b/group_norm", y));
    y = convolution(name + "b/standardized_conv2d/kernel", y, stride);
    y = tf.nn.relu(norm(name + "c/group_norm", y));
    return tf.math.add(convolution(name + "c/standardized_conv2d/kernel", y, 1), shortcut);
  }

  private Operand<TFloat32> padded(Operand<TFloat32> x, int by) {
    return tf.pad(
        x, tf.constant(new int[][] {{0, 0}, {by, by}, {by, by}, {0, 0}}), tf.constant(0f));
  }

  private Operand<TFloat32> convolution(String name, Operand<TFloat32> x, int stride)
      throws IOException {
    Operand<TFloat32> kernel = tensor(name);
    long n = kernel.shape().get(0) * kernel.shape().get(1) * kernel.shape().get(2);
    if (!mistake.equals("raw kernels")) {
      Operand<TFloat32> centred =
          tf.math.sub(kernel, tf.math.mean(kernel, tf.array(0, 1, 2), Mean.keepDims(true)));
      Operand<TFloat32> sum =
          tf.math.mul(
              tf.math.mean(tf.math.square(centred), tf.array(0, 1, 2), Mean.keepDims(true)),
              tf.constant((float) n / (mistake.equals("n - 1") ? n - 1 : n)));
      kernel = tf.math.div(centred, tf.math.sqrt(tf.math.add(sum, tf.constant(1e-10f))));
    }
    boolean same = mistake.equals("SAME");
    int by = (int) (kernel.shape().get(0) - 1) / 2;
    return tf.nn.conv2d(
        same ? x : padded(x, by),
        kernel,
        List.of(1L, (long) stride, (long) stride, 1L),
        same ? "SAME" : "VALID");
  }

  private Operand<TFloat32> norm(String name, Operand<TFloat32> x) throws IOException {
    long height = x.shape().get(1);
    long width = x.shape().get(2);
    long channels = x.shape().get(3);
    long groups = architecture.groups();
    Operand<TFloat32> grouped =
        tf.reshape(x, tf.array(1L, height, width, groups, channels / groups));
    Operand<TFloat32> centred =
        tf.math.sub(grouped, tf.math.mean(grouped, tf.array(1, 2, 4), Mean.keepDims(true)));
    Operand<TFloat32> variance =
        tf.math.mean(tf.math.square(centred), tf.array(1, 2, 4), Mean.keepDims(true));
    Operand<TFloat32> normal =
        tf.math.div(centred, tf.math.sqrt(tf.math.add(variance, tf.constant(1e-5f))));
    Operand<TFloat32> flat = tf.reshape(normal, tf.array(1L, height, width, channels));
    return tf.math.add(tf.math.mul(flat, tensor(name + "/gamma")), tensor(name + "/beta"));
  }

  @Override
  public void close() {
    decoder.close();
  }
}
