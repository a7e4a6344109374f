package io.github.tfbit.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import io.github.tfbit.BitModel;
import io.github.tfbit.Labels;
import io.github.tfbit.Prediction;
import io.github.tfbit.SavedModelExport;
import io.github.tfbit.checkpoints.Existing;
import io.github.tfbit.checkpoints.npy.NpyReader;
import io.github.tfbit.checkpoints.npy.NpyWriter;
import io.github.tfbit.checkpoints.npz.NpzWriter;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.converters.PublishedModel;
import io.github.tfbit.converters.testing.SeededCheckpoint;
import io.github.tfbit.converters.testing.SeededTensors;
import io.github.tfbit.converters.write.Conversion;
import io.github.tfbit.converters.write.ModelCard;
import io.github.tfbit.converters.write.Target;
import io.github.tfbit.data.ImageSize;
import io.github.tfbit.data.ImageSource;
import io.github.tfbit.export.ServerFiles;
import io.github.tfbit.graph.Endpoint;
import java.awt.Color;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What Python makes of our files: TensorFlow of an export, timm and transformers of weights. */
@Tag("python")
class PythonInteropTest {
  /** Scores from encoded pictures; the project's bar. Measured on R26x0.25: 1.6e-7. */
  private static final double SCORES = 2e-5;

  /**
   * Logits over their root mean square; the project's bar. Measured: timm 1.9e-5 from an npz,
   * Python 8.4e-6; timm and transformers from what is converted 2.5e-5, against TensorFlow in
   * Python.
   */
  private static final double LOGITS = 1e-4;

  @TempDir Path dir;

  /** One signature's answer. */
  private record Named(List<List<String>> classes, List<List<Double>> scores) {}

  /** What {@code saved_model_answers.py} writes. */
  private record Answers(
      List<Named> one_by_one,
      List<Named> by_three,
      List<Named> pixels,
      Named classify,
      List<List<Float>> described,
      List<List<Float>> logits,
      List<List<Float>> features,
      Map<String, Map<String, List<Integer>>> shapes) {}

  @Test
  void pythonsTensorFlowAnswersFromAnExportAsWeDo() throws Exception {
    SeededCheckpoint weights = SeededCheckpoint.of(Architecture.named(Architecture.SMALL), 6, 11);
    Labels labels = Labels.of(List.of("ant", "bee", "cat", "dog", "eel", "fox"));
    ImageSize size = new ImageSize(96, 128);
    Path export =
        SavedModelExport.of(weights).labels(labels).size(size).build().writeTo(dir.resolve("m"));
    List<Path> files = Pictures.draw(dir.resolve("pictures"), 6, Color.GRAY);
    Path out = dir.resolve("answers.json");
    Python.tensorflow(
        "saved_model_answers.py",
        export.toString(),
        dir.resolve("pictures").toString(),
        out.toString(),
        String.valueOf(size.height()),
        String.valueOf(size.width()));
    Answers answers = new Gson().fromJson(Files.readString(out), Answers.class);
    try (BitModel model = BitModel.builder(weights).labels(labels).size(size).build()) {
      List<ImageSource> pictures = files.stream().map(ImageSource::of).toList();
      for (int i = 0; i < files.size(); i++) {
        Prediction.Ranked ours = model.classify(pictures.get(i));
        assertSame(ours, answers.one_by_one().get(i), 0);
        assertSame(ours, answers.by_three().get(i / 3), i % 3);
        assertSame(ours, answers.pixels().get(i), 0);
        assertSame(ours, answers.classify(), i);
      }
      assertClose(model.features(Endpoint.LOGITS, pictures).values(), flat(answers.logits()));
      assertClose(model.features(Endpoint.PRE_LOGITS, pictures).values(), flat(answers.features()));
      assertClose(
          model.features(Endpoint.PRE_LOGITS, pictures).values(), flat(answers.described()));
    }
    assertEquals(Arrays.asList(null, 5), answers.shapes().get("serving_default").get("scores"));
  }

  @Test
  void tfliteComputesOurLogitsFromAnExport() throws Exception {
    SeededCheckpoint weights = SeededCheckpoint.of(Architecture.named(Architecture.SMALL), 6, 11);
    Path export = SavedModelExport.of(weights).build().writeTo(dir.resolve("m"));
    float[] pixels = SeededTensors.images(5, 2, 96, 128, 3);
    Path images = images(pixels);
    Path out = dir.resolve("logits.npy");
    Python.tensorflow("export_tflite.py", export.toString(), images.toString(), out.toString());
    try (BitModel model = BitModel.builder(weights).build()) {
      float[] ours = model.features(Endpoint.LOGITS, pixels, new ImageSize(96, 128)).values();
      assertClose(ours, read(out, ours.length));
    }
  }

  /** A warm-up request as Python reads it. */
  private record Warmup(String model, String signature, int rows, List<Integer> scores) {}

  @Test
  void pythonReadsTheWarmupRequestsOfAnExport() throws Exception {
    SeededCheckpoint weights = SeededCheckpoint.of(Architecture.named(Architecture.SMALL), 6, 11);
    Path export =
        SavedModelExport.of(weights)
            .size(ImageSize.square(64))
            .top(3)
            .build()
            .writeTo(dir.resolve("photos"));
    Path out = dir.resolve("warmup.json");
    Python.tensorflow("warmup_answers.py", export.toString(), out.toString());
    Warmup[] found = new Gson().fromJson(Files.readString(out), Warmup[].class);
    assertEquals(
        ServerFiles.BATCH_SIZES.stream()
            .map(n -> new Warmup("photos", "serving_default", n, List.of(n, 3)))
            .toList(),
        List.of(found));
  }

  private Path images(float[] pixels) throws IOException {
    Path images = dir.resolve("images.npy");
    try (NpyWriter writer = NpyWriter.float32(images, Existing.REFUSE, 2, 96, 128, 3)) {
      writer.write(pixels);
      writer.commit();
    }
    return images;
  }

  private static void assertSame(Prediction.Ranked ours, Named python, int row) {
    for (int k = 0; k < ours.top().size(); k++) {
      Prediction.Score score = ours.top().get(k);
      assertEquals(score.label(), python.classes().get(row).get(k));
      double d = Math.abs(score.probability() - python.scores().get(row).get(k));
      assertTrue(d <= SCORES, "scores differ by " + d);
    }
  }

  @Test
  void timmComputesOurLogitsFromOurNpz() throws Exception {
    SeededCheckpoint weights = SeededCheckpoint.of(Architecture.named("R50x1"), 10, 7);
    Path npz = dir.resolve("model.npz");
    NpzWriter.write(npz, weights);
    float[] pixels = SeededTensors.images(5, 2, 96, 128, 3);
    Path images = images(pixels);
    Path out = dir.resolve("logits.npy");
    Python.timm("timm_logits.py", npz.toString(), images.toString(), out.toString());
    try (BitModel model = BitModel.open(npz)) {
      float[] ours = model.features(Endpoint.LOGITS, pixels, new ImageSize(96, 128)).values();
      assertClose(ours, read(out, ours.length));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"TIMM", "HF"})
  void torchsLibrariesComputeOurLogitsFromWhatWeConvert(Target target) throws Exception {
    SeededCheckpoint weights = SeededCheckpoint.of(Architecture.named("R50x1"), 10, 7);
    List<String> names = IntStream.range(0, 10).mapToObj(i -> "name " + i).toList();
    ModelCard card = ModelCard.of(PublishedModel.of(weights)).withLabels(Optional.of(names));
    Path converted = dir.resolve("converted");
    Conversion.write(weights, card, target, converted, Existing.REFUSE);
    float[] pixels = SeededTensors.images(5, 2, 96, 128, 3);
    Path images = images(pixels);
    Path out = dir.resolve("logits.npy");
    String library = target.name().toLowerCase(Locale.ROOT);
    Python.torch(
        "torch_logits.py", library, converted.toString(), images.toString(), out.toString());
    try (BitModel model = BitModel.open(converted)) {
      float[] ours = model.features(Endpoint.LOGITS, pixels, new ImageSize(96, 128)).values();
      assertClose(ours, read(out, ours.length));
      assertEquals(names, model.labels().names());
    }
  }

  private static float[] read(Path npy, int n) throws IOException {
    try (NpyReader reader = NpyReader.open(npy)) {
      ByteBuffer bytes = ByteBuffer.allocate(n * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      reader.readRows(0, reader.info().shape().get(0), bytes);
      float[] values = new float[n];
      bytes.flip().asFloatBuffer().get(values);
      return values;
    }
  }

  private static float[] flat(List<List<Float>> rows) {
    List<Float> all = rows.stream().flatMap(List::stream).toList();
    float[] values = new float[all.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = all.get(i);
    }
    return values;
  }

  private static void assertClose(float[] ours, float[] theirs) {
    assertEquals(theirs.length, ours.length);
    double max = 0;
    double squares = 0;
    for (int i = 0; i < ours.length; i++) {
      double d = Math.abs((double) ours[i] - theirs[i]);
      max = Double.isNaN(d) ? Double.NaN : Math.max(max, d);
      squares += (double) theirs[i] * theirs[i];
    }
    double distance = max / Math.sqrt(squares / theirs.length);
    assertTrue(distance <= LOGITS, "max|d|/RMS " + distance);
  }
}
