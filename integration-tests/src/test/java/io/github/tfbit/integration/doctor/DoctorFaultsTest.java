package io.github.tfbit.integration.doctor;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.BitModel;
import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.converters.Activation;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.converters.Head;
import io.github.tfbit.converters.Layout;
import io.github.tfbit.converters.PublishedNames;
import io.github.tfbit.data.ImageSize;
import io.github.tfbit.doctor.Answer;
import io.github.tfbit.doctor.Diagnosis;
import io.github.tfbit.doctor.Examination;
import io.github.tfbit.doctor.Fault;
import io.github.tfbit.doctor.Patient;
import io.github.tfbit.doctor.Reference;
import io.github.tfbit.image.Decoding;
import io.github.tfbit.image.Rgb;
import io.github.tfbit.integration.cli.Cli;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.image.DecodeImage;
import org.tensorflow.op.image.ResizeBicubic;
import org.tensorflow.op.image.ResizeBilinear;
import org.tensorflow.op.image.ResizeNearestNeighbor;
import org.tensorflow.op.image.ScaleAndTranslate;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;

/**
 * Mistakes made on purpose, each in the model that the command carries, and what the doctor says
 * first. At least nine of ten are to be named rightly.
 */
class DoctorFaultsTest {
  private static final ImageSize SIZE = ImageSize.square(40);
  private static final List<String> NAMES =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");
  private static final double NINE_OF_TEN = 0.9;

  @TempDir private Path dir;
  private final Map<String, String> wrong = new LinkedHashMap<>();
  private final Examination examination = Examination.byDrawnPictures();
  private int tried;
  private Checkpoint weights;
  private Reference reference;
  private BitModel model;

  private static Operand<TFloat32> decoded(Ops tf, Operand<TString> file) {
    return tf.expandDims(
        tf.dtypes.cast(
            tf.image.decodeImage(
                file,
                org.tensorflow.types.TUint8.class,
                DecodeImage.channels(3L).expandAnimations(false)),
            TFloat32.class),
        tf.constant(0));
  }

  private static Operand<TFloat32> right(Ops tf, Operand<TString> file) {
    return sized(tf, file, 40);
  }

  private static Operand<TFloat32> sized(Ops tf, Operand<TString> file, int side) {
    return tf.image.resizeBilinear(
        decoded(tf, file), tf.array(side, side), ResizeBilinear.halfPixelCenters(true));
  }

  private static Operand<TFloat32> antialiased(Ops tf, Operand<TString> file, String kernel) {
    Operand<TFloat32> whole = decoded(tf, file);
    long height = whole.shape().get(1);
    long width = whole.shape().get(2);
    return tf.image.scaleAndTranslate(
        whole,
        tf.array(40, 40),
        tf.array(40f / height, 40f / width),
        tf.array(0f, 0f),
        ScaleAndTranslate.kernelType(kernel).antialias(true));
  }

  private static Operand<TFloat32> cropped(Ops tf, Operand<TString> file, double share) {
    Operand<TFloat32> whole = decoded(tf, file);
    int height = (int) whole.shape().get(1);
    int width = (int) whole.shape().get(2);
    int side = (int) (Math.min(height, width) * share);
    Operand<TFloat32> cut =
        tf.slice(
            whole,
            tf.array(0, (height - side) / 2, (width - side) / 2, 0),
            tf.array(1, side, side, 3));
    return tf.image.resizeBilinear(cut, tf.array(40, 40), ResizeBilinear.halfPixelCenters(true));
  }

  private static float[] symmetric(float[] pixels) {
    float[] scaled = new float[pixels.length];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = pixels[i] / 127.5f - 1;
    }
    return scaled;
  }

  private static Function<float[], float[]> each(Function<Float, Double> of) {
    return pixels -> {
      float[] scaled = new float[pixels.length];
      for (int i = 0; i < scaled.length; i++) {
        scaled[i] = of.apply(pixels[i]).floatValue();
      }
      return scaled;
    };
  }

  private static float[] bgr(float[] pixels) {
    float[] swapped = pixels.clone();
    for (int i = 0; i < swapped.length; i += 3) {
      swapped[i] = pixels[i + 2];
      swapped[i + 2] = pixels[i];
    }
    return swapped;
  }

  private static float[] softmax(float[] logits) {
    float[] scores = new float[logits.length];
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit);
    }
    for (int i = 0; i < scores.length; i++) {
      scores[i] = (float) (Math.exp(logits[i]) / sum);
    }
    return scores;
  }

  private static Answer worded(float[] logits) {
    return new Answer(NAMES, softmax(logits));
  }

  private void examine(String what, Fault expected, Patient patient) throws IOException {
    examine(what, expected, examination.compare(reference, patient));
  }

  private void examine(String what, Fault expected, Diagnosis found) {
    tried++;
    List<Fault> first =
        found.suspicions().isEmpty() ? List.of() : found.suspicions().get(0).faults();
    if (!first.contains(expected)) {
      wrong.put(
          what, expected + " expected, " + found.distance() + " apart: " + found.suspicions());
    }
  }

  private void eyes(
      String what, Fault fault, BiFunction<Ops, Operand<TString>, Operand<TFloat32>> eyes)
      throws IOException {
    examine(
        what,
        fault,
        new Impostor(model, eyes, DoctorFaultsTest::symmetric, DoctorFaultsTest::worded));
  }

  private void scale(String what, Fault fault, Function<float[], float[]> scale)
      throws IOException {
    examine(
        what, fault, new Impostor(model, DoctorFaultsTest::right, scale, DoctorFaultsTest::worded));
  }

  private void words(String what, Fault fault, Function<float[], Answer> words) throws IOException {
    examine(
        what,
        fault,
        new Impostor(model, DoctorFaultsTest::right, DoctorFaultsTest::symmetric, words));
  }

  private static Answer of(List<String> names, float[] scores) {
    return new Answer(names, scores);
  }

  @Test
  void namesAtLeastNineOfTenMistakesFirst() throws Exception {
    Path file = dir.resolve("small.npz");
    Cli.run("convert", "--model", "tfbit-R26x0.25", "--to", "npz", "--out", file).done();
    weights = Layout.open(file);
    reference = reference(weights, Architecture.named("R26x0.25"), Decoding.DEFAULT);
    model = BitModel.builder(weights).size(SIZE).build();
    try (Checkpoint owned = weights;
        Reference known = reference;
        BitModel opened = model) {
      Patient healthy =
          new Impostor(
              opened,
              DoctorFaultsTest::right,
              DoctorFaultsTest::symmetric,
              DoctorFaultsTest::worded);
      assertTrue(examination.compare(known, healthy).alike());
      pictures();
      ranges();
      answers();
      networks();
      files(owned);
    }
    assertTrue(tried >= 40, tried + " tried");
    assertTrue(
        wrong.size() <= (1 - NINE_OF_TEN) * tried, wrong.size() + " of " + tried + ": " + wrong);
  }

  private Reference reference(Checkpoint checkpoint, Architecture architecture, Decoding decoding)
      throws IOException {
    return new Reference(
        "known",
        new Reference.Anatomy(
            checkpoint, architecture, new Head(10, Activation.SOFTMAX), NAMES, SIZE, decoding));
  }

  private void pictures() throws IOException {
    for (int side : new int[] {32, 64, 128, 224}) {
      eyes(side + " px", Fault.SIZE, (tf, f) -> sized(tf, f, side));
    }
    eyes("no resize", Fault.NO_RESIZE, DoctorFaultsTest::decoded);
    eyes(
        "legacy",
        Fault.LEGACY_RESIZE,
        (tf, f) -> tf.image.resizeBilinear(decoded(tf, f), tf.array(40, 40)));
    eyes(
        "corners",
        Fault.ALIGNED_CORNERS,
        (tf, f) ->
            tf.image.resizeBilinear(
                decoded(tf, f), tf.array(40, 40), ResizeBilinear.alignCorners(true)));
    eyes(
        "nearest",
        Fault.NEAREST_RESIZE,
        (tf, f) ->
            tf.image.resizeNearestNeighbor(
                decoded(tf, f), tf.array(40, 40), ResizeNearestNeighbor.halfPixelCenters(true)));
    eyes(
        "bicubic",
        Fault.BICUBIC_RESIZE,
        (tf, f) ->
            tf.image.resizeBicubic(
                decoded(tf, f), tf.array(40, 40), ResizeBicubic.halfPixelCenters(true)));
    eyes(
        "area",
        Fault.AREA_RESIZE,
        (tf, f) -> tf.image.resizeArea(decoded(tf, f), tf.array(40, 40)));
    eyes("antialias", Fault.ANTIALIASED_RESIZE, (tf, f) -> antialiased(tf, f, "triangle"));
    eyes("Pillow", Fault.ANTIALIASED_BICUBIC, (tf, f) -> antialiased(tf, f, "keyscubic"));
    eyes("square", Fault.SQUARE_CROP, (tf, f) -> cropped(tf, f, 1));
    eyes("centre", Fault.CENTRE_CROP, (tf, f) -> cropped(tf, f, 0.875));
    try (BitModel turns =
        BitModel.builder(weights)
            .size(SIZE)
            .decoding(new Decoding(true, Optional.empty()))
            .build()) {
      examine("EXIF", Fault.EXIF, new ByModel(turns));
    }
    for (int grey : new int[] {0, 255}) {
      Decoding onto = new Decoding(false, Optional.of(new Rgb(grey, grey, grey)));
      try (BitModel shown = BitModel.builder(weights).size(SIZE).decoding(onto).build()) {
        examine("background " + grey, Fault.ALPHA, new ByModel(shown));
      }
    }
  }

  private void ranges() throws IOException {
    scale("[0, 1]", Fault.UNIT_RANGE, each(x -> x / 255.0));
    scale("[0, 255]", Fault.BYTE_RANGE, each(Float::doubleValue));
    scale("[0, 1] expected", Fault.TWICE_UNIT, each(x -> 2 * (x / 127.5 - 1) - 1));
    scale("bytes expected", Fault.TWICE_BYTES, each(x -> (x / 127.5 - 1) / 127.5 - 1));
    scale(
        "ImageNet",
        Fault.IMAGENET_RANGE,
        pixels -> {
          double[] mean = {0.485, 0.456, 0.406};
          double[] deviation = {0.229, 0.224, 0.225};
          float[] scaled = new float[pixels.length];
          for (int i = 0; i < scaled.length; i++) {
            scaled[i] = (float) ((pixels[i] / 255.0 - mean[i % 3]) / deviation[i % 3]);
          }
          return scaled;
        });
    scale("BGR", Fault.BGR, pixels -> symmetric(bgr(pixels)));
    scale("BGR in [0, 1]", Fault.BGR, pixels -> each(x -> x / 255.0).apply(bgr(pixels)));
    scale("[0, 1] in BGR", Fault.UNIT_RANGE, pixels -> each(x -> x / 255.0).apply(bgr(pixels)));
    examine(
        "BGR, bicubic",
        Fault.BICUBIC_RESIZE,
        new Impostor(
            model,
            (tf, f) ->
                tf.image.resizeBicubic(
                    decoded(tf, f), tf.array(40, 40), ResizeBicubic.halfPixelCenters(true)),
            pixels -> symmetric(bgr(pixels)),
            DoctorFaultsTest::worded));
  }

  private void answers() throws IOException {
    words(
        "sigmoid",
        Fault.ACTIVATION,
        logits -> of(NAMES, each(x -> 1 / (1 + Math.exp(-x))).apply(logits)));
    words("logits", Fault.LOGITS, logits -> of(NAMES, logits));
    List<String> up = new ArrayList<>(NAMES);
    Collections.rotate(up, -1);
    words("labels up", Fault.LABELS_ONE_UP, logits -> of(up, softmax(logits)));
    List<String> down = new ArrayList<>(NAMES);
    Collections.rotate(down, 1);
    words("labels down", Fault.LABELS_ONE_DOWN, logits -> of(down, softmax(logits)));
    List<String> mixed = new ArrayList<>(NAMES);
    Collections.reverse(mixed);
    words("labels reversed", Fault.LABELS, logits -> of(mixed, softmax(logits)));
    List<String> german = List.of("a1", "b1", "c1", "d1", "e1", "f1", "g1", "h1", "i1", "j1");
    words("other names", Fault.LABELS, logits -> of(german, softmax(logits)));
  }

  private void networks() throws IOException {
    Architecture small = Architecture.named("R26x0.25");
    Map<Integer, Fault> groups =
        Map.of(
            small.groups() / 2,
            Fault.HALF_GROUPS,
            2 * small.groups(),
            Fault.DOUBLE_GROUPS,
            1,
            Fault.ONE_GROUP);
    for (Map.Entry<Integer, Fault> e : groups.entrySet()) {
      Architecture other = new Architecture(small.units(), small.rootChannels(), e.getKey());
      try (BitModel grouped = BitModel.builder(weights).architecture(other).size(SIZE).build()) {
        examine(e.getKey() + " groups", e.getValue(), new ByModel(grouped));
      }
    }
    try (BitModel headless =
        BitModel.builder(weights)
            .size(SIZE)
            .head((tf, features, kernel, bias) -> tf.linalg.matMul(features, kernel))
            .build()) {
      examine("no bias", Fault.NO_HEAD_BIAS, new ByModel(headless));
    }
    for (Map.Entry<String, Fault> e :
        Map.of(
                "SAME",
                Fault.SAME_PADDING,
                "n - 1",
                Fault.UNBIASED_VARIANCE,
                "raw kernels",
                Fault.RAW_KERNELS,
                "no last norm",
                Fault.NO_FINAL_NORM)
            .entrySet()) {
      try (Patient wrongly = new WrongNetwork(weights, small, e.getKey())) {
        examine(e.getKey(), e.getValue(), wrongly);
      }
    }
  }

  private void files(Checkpoint owned) throws IOException {
    changed(
        owned,
        "zero bias",
        Fault.NO_HEAD_BIAS,
        only(PublishedNames.HEAD_BIAS, v -> Arrays.fill(v, 0)));
    changed(
        owned,
        "rounded",
        Fault.PRECISION,
        (name, v) -> {
          for (int i = 0; i < v.length; i++) {
            v[i] = Float.intBitsToFloat(Float.floatToIntBits(v[i]) & 0xFFFF0000);
          }
        });
    int root = Architecture.named("R26x0.25").rootChannels();
    changed(
        owned,
        "BGR kernel",
        Fault.BGR_KERNEL,
        only(
            PublishedNames.ROOT_KERNEL,
            v -> {
              for (int at = 0; at < v.length; at += 3 * root) {
                for (int c = 0; c < root; c++) {
                  float red = v[at + c];
                  v[at + c] = v[at + 2 * root + c];
                  v[at + 2 * root + c] = red;
                }
              }
            }));
    changed(
        owned,
        "other head",
        Fault.HEAD,
        only(
            PublishedNames.HEAD_KERNEL,
            v -> {
              for (int i = 0; i < v.length; i++) {
                v[i] *= i % 3;
              }
            }));
    changed(
        owned,
        "a layer that is not loaded",
        Fault.WEIGHTS,
        only(
            "resnet/block3/unit01/b/standardized_conv2d/kernel",
            v -> {
              for (int i = 0; i < v.length; i++) {
                v[i] = (float) Math.sin(i);
              }
            }));
  }

  private static BiConsumer<String, float[]> only(
      String tensor, java.util.function.Consumer<float[]> change) {
    return (name, values) -> {
      if (name.equals(tensor)) {
        change.accept(values);
      }
    };
  }

  private void changed(
      Checkpoint owned, String what, Fault fault, BiConsumer<String, float[]> change)
      throws IOException {
    try (Clumsy clumsy = new Clumsy(owned, change);
        Reference other = reference(clumsy, Architecture.named("R26x0.25"), Decoding.DEFAULT)) {
      examine(what, fault, examination.compare(reference, other));
    }
  }
}
