package io.github.tfbit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.ByteString;
import io.github.tfbit.checkpoints.Existing;
import io.github.tfbit.checkpoints.OutputException;
import io.github.tfbit.converters.Activation;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.converters.ContentId;
import io.github.tfbit.converters.testing.SeededCheckpoint;
import io.github.tfbit.converters.testing.SeededTensors;
import io.github.tfbit.data.ImageException;
import io.github.tfbit.data.ImageSize;
import io.github.tfbit.data.ImageSource;
import io.github.tfbit.data.TfRecordReader;
import io.github.tfbit.export.Precision;
import io.github.tfbit.export.ServerFiles;
import io.github.tfbit.export.WarmupRequest;
import io.github.tfbit.graph.Endpoint;
import io.github.tfbit.graph.OpRegistry;
import io.github.tfbit.image.Decoding;
import io.github.tfbit.image.Rgb;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.exceptions.TFInvalidArgumentException;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.BytesList;
import org.tensorflow.proto.Example;
import org.tensorflow.proto.Feature;
import org.tensorflow.proto.Features;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;

class SavedModelExportTest {
  private static final Architecture TINY = new Architecture(List.of(1, 1, 1, 1), 8, 4);
  private static final SeededCheckpoint WEIGHTS = SeededCheckpoint.of(TINY, 4, 3);
  private static final Labels LABELS = Labels.of(List.of("ant", "bee", "café", "dog"));
  private static final ImageSize SIZE = new ImageSize(40, 56);
  private static final int TOP = 3;

  @TempDir static Path shared;
  @TempDir Path dir;

  private static Path export;
  private static SavedModelBundle bundle;
  private static BitModel model;

  @BeforeAll
  static void writeOne() throws IOException {
    export = settings().build().writeTo(shared.resolve("model"));
    bundle = SavedModelBundle.load(export.toString(), "serve");
    model = BitModel.builder(WEIGHTS).labels(LABELS).size(SIZE).top(TOP).build();
  }

  @AfterAll
  static void close() {
    bundle.close();
    model.close();
  }

  private static SavedModelExport.Builder settings() {
    return SavedModelExport.of(WEIGHTS).labels(LABELS).size(SIZE).top(TOP);
  }

  private static Result call(SavedModelBundle from, byte[]... pictures) {
    try (TString bytes = TString.tensorOfBytes(NdArrays.vectorOfObjects(pictures))) {
      return from.function("serving_default").call(Map.of("image_bytes", bytes));
    }
  }

  private static void assertAnswers(Result result, List<Prediction> expected) {
    TString classes = (TString) result.get("classes").orElseThrow();
    TFloat32 scores = (TFloat32) result.get("scores").orElseThrow();
    assertEquals(Shape.of(expected.size(), TOP), classes.shape());
    assertEquals(Shape.of(expected.size(), TOP), scores.shape());
    for (int i = 0; i < expected.size(); i++) {
      List<Prediction.Score> top = ((Prediction.Ranked) expected.get(i)).top();
      for (int k = 0; k < TOP; k++) {
        assertEquals(top.get(k).label(), classes.getObject(i, k));
        double d = Math.abs(top.get(k).probability() - scores.getFloat(i, k));
        assertTrue(d <= Tolerance.EXPORT_SCORES, "picture " + i + ": " + d);
      }
    }
  }

  private static MetaGraphDef graph() throws IOException {
    byte[] bytes = Files.readAllBytes(export.resolve("saved_model.pb"));
    SavedModel saved = SavedModel.parseFrom(bytes);
    assertEquals(1, saved.getSavedModelSchemaVersion());
    assertEquals(1, saved.getMetaGraphsCount());
    return saved.getMetaGraphs(0);
  }

  @Test
  void answersFromEncodedPicturesAsTheModelDoes() throws IOException {
    byte[] first = Drawings.jpeg(1, 90, 61);
    byte[] second = Drawings.encoded(Drawings.ovals(2, 31, 64), "png");
    byte[] third = Drawings.encoded(Drawings.ovals(3, 56, 40), "bmp");
    List<Prediction> expected =
        model.classify(Stream.of(first, second, third).map(ImageSource::of).toList());
    try (Result result = call(bundle, first, second, third)) {
      assertAnswers(result, expected);
    }
  }

  @Test
  void answersFromOnePicture() throws IOException {
    byte[] picture = Drawings.jpeg(8, 200, 133);
    try (Result result = call(bundle, picture)) {
      assertAnswers(result, List.of(model.classify(ImageSource.of(picture))));
    }
  }

  @Test
  void showsTheBackgroundThroughAsTheModelDoes() throws IOException {
    Decoding decoding = new Decoding(false, Optional.of(new Rgb(255, 0, 200)));
    BufferedImage image = new BufferedImage(80, 50, BufferedImage.TYPE_INT_ARGB);
    for (int i = 0; i < 80 * 50; i++) {
      image.setRGB(i % 80, i / 80, (3 * (i % 80)) << 24 | (i * 977 & 0xFFFFFF));
    }
    byte[] transparent = Drawings.encoded(image, "png");
    byte[] opaque = Drawings.jpeg(2, 60, 90);
    Path written = settings().decoding(decoding).build().writeTo(dir.resolve("m"));
    BitModel.Builder like = BitModel.builder(WEIGHTS).labels(LABELS).size(SIZE).top(TOP);
    try (SavedModelBundle loaded = SavedModelBundle.load(written.toString(), "serve");
        BitModel onto = like.decoding(decoding).build();
        Result result = call(loaded, transparent, opaque)) {
      List<ImageSource> pictures = List.of(ImageSource.of(transparent), ImageSource.of(opaque));
      assertAnswers(result, onto.classify(pictures));
      assertNotEquals(model.classify(pictures).get(0), onto.classify(pictures).get(0));
      assertEquals(model.classify(pictures).get(1), onto.classify(pictures).get(1));
    }
  }

  @Test
  void answersFromPixelsAsFromTheEncodedPicture() throws IOException {
    BufferedImage image = Drawings.ovals(4, 90, 61);
    byte[] pixels = rgb(image);
    try (TUint8 tensor =
            TUint8.tensorOf(Shape.of(1, 61, 90, 3), DataBuffers.of(pixels, true, false));
        Result result = bundle.function("pixels").call(Map.of("pixels", tensor))) {
      assertAnswers(result, List.of(model.classify(ImageSource.of(image))));
    }
  }

  private static byte[] rgb(BufferedImage image) {
    byte[] pixels = new byte[3 * image.getWidth() * image.getHeight()];
    int i = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int argb = image.getRGB(x, y);
        pixels[i++] = (byte) (argb >> 16);
        pixels[i++] = (byte) (argb >> 8);
        pixels[i++] = (byte) argb;
      }
    }
    return pixels;
  }

  @Test
  void imagesOfAnySizeGiveLogitsScoresAndFeatures() {
    ImageSize size = new ImageSize(35, 51);
    float[] pixels = SeededTensors.images(2, 2, 35, 51, 3);
    try (TFloat32 tensor = TFloat32.tensorOf(Shape.of(2, 35, 51, 3), DataBuffers.of(pixels));
        Result result = bundle.function("images").call(Map.of("images", tensor))) {
      assertClose(model.features(Endpoint.LOGITS, pixels, size), result, "logits");
      assertClose(model.features(Endpoint.PRE_LOGITS, pixels, size), result, "features");
      TFloat32 scores = (TFloat32) result.get("scores").orElseThrow();
      assertEquals(Shape.of(2, 4), scores.shape());
    }
  }

  private static void assertClose(FeatureMap expected, Result result, String alias) {
    TFloat32 found = (TFloat32) result.get(alias).orElseThrow();
    assertEquals(
        expected.shape(),
        Arrays.stream(found.shape().asArray()).mapToObj(Math::toIntExact).toList());
    float[] values = new float[expected.values().length];
    found.asRawTensor().data().asFloats().read(values);
    double d = Tolerance.distance(values, expected.values());
    assertTrue(d <= Tolerance.SAME_ARITHMETIC, alias + ": " + d);
  }

  @Test
  void aSigmoidHeadStaysOne() throws IOException {
    Path sigmoid = settings().activation(Activation.SIGMOID).build().writeTo(dir);
    byte[] picture = Drawings.jpeg(1, 90, 61);
    try (BitModel expected =
            BitModel.builder(WEIGHTS)
                .labels(LABELS)
                .size(SIZE)
                .top(TOP)
                .activation(Activation.SIGMOID)
                .build();
        SavedModelBundle loaded = SavedModelBundle.load(sigmoid.toString(), "serve");
        Result result = call(loaded, picture)) {
      assertAnswers(result, List.of(expected.classify(ImageSource.of(picture))));
    }
  }

  @Test
  void moreThanThereAreClassesIsAllOfThem() throws IOException {
    Path all = settings().top(100).build().writeTo(dir);
    try (SavedModelBundle loaded = SavedModelBundle.load(all.toString(), "serve");
        Result result = call(loaded, Drawings.jpeg(1, 90, 61))) {
      assertEquals(Shape.of(1, 4), result.get("scores").orElseThrow().shape());
    }
  }

  @Test
  void aBadPictureFailsTheWholeCall() {
    assertThrows(
        TFInvalidArgumentException.class,
        () -> call(bundle, Drawings.jpeg(1, 90, 61), new byte[] {1, 2, 3}).close());
  }

  @Test
  void everyTensorOfEverySignatureHasTheBatchFirst() throws IOException {
    Map<String, SignatureDef> signatures = graph().getSignatureDefMap();
    assertEquals(
        new TreeSet<>(List.of("classify", "features", "images", "pixels", "serving_default")),
        new TreeSet<>(signatures.keySet()));
    for (Map.Entry<String, SignatureDef> each : signatures.entrySet()) {
      SignatureDef signature = each.getValue();
      String method = each.getKey().equals("classify") ? "classify" : "predict";
      assertEquals("tensorflow/serving/" + method, signature.getMethodName());
      Stream.concat(
              signature.getInputsMap().values().stream(),
              signature.getOutputsMap().values().stream())
          .forEach(t -> assertEquals(-1, t.getTensorShape().getDim(0).getSize()));
    }
    TensorInfo scores = signatures.get("serving_default").getOutputsOrThrow("scores");
    assertEquals(TOP, scores.getTensorShape().getDim(1).getSize());
  }

  @Test
  void theGraphHoldsNothingButInferenceAndRestoring() throws IOException {
    MetaGraphDef graph = graph();
    List<NodeDef> nodes = graph.getGraphDef().getNodeList();
    assertEquals(0, nodes.stream().filter(n -> !n.getDevice().isEmpty()).count());
    assertEquals(0, nodes.stream().filter(n -> n.getName().equals("Init")).count());
    long assigns = nodes.stream().filter(n -> n.getOp().startsWith("Assign")).count();
    assertEquals(TINY.tensors(4).size(), assigns);
    assertEquals(
        new TreeSet<>(List.of("image_bytes", "images", "inputs", "pixels", "save/filename")),
        new TreeSet<>(
            nodes.stream()
                .filter(n -> n.getOp().equals("Placeholder"))
                .map(NodeDef::getName)
                .toList()));
    assertFalse(graph.getMetaInfoDef().getTensorflowVersion().isEmpty());
    assertEquals(List.of("serve"), graph.getMetaInfoDef().getTagsList());
  }

  @Test
  void variablesAreCalledAsInThePublishedFiles() throws IOException {
    assertEquals(
        new TreeSet<>(TINY.tensors(4).stream().map(t -> t.name()).toList()),
        new TreeSet<>(
            graph().getGraphDef().getNodeList().stream()
                .filter(n -> n.getOp().equals("VarHandleOp"))
                .map(NodeDef::getName)
                .toList()));
  }

  @Test
  void leavesOutWhatAnOlderReaderMayNotKnow() throws IOException {
    MetaGraphDef graph = graph();
    assertTrue(graph.getMetaInfoDef().getStrippedDefaultAttrs());
    List<NodeDef> nodes = new ArrayList<>(graph.getGraphDef().getNodeList());
    graph
        .getGraphDef()
        .getLibrary()
        .getFunctionList()
        .forEach(f -> nodes.addAll(f.getNodeDefList()));
    OpRegistry defaults = OpRegistry.known();
    for (NodeDef node : nodes) {
      node.getAttrMap()
          .forEach(
              (name, value) ->
                  assertFalse(
                      defaults.isDefault(node.getOp(), name, value), node.getName() + " " + name));
    }
    assertTrue(nodes.stream().anyMatch(n -> n.getOp().equals("DecodeImage")), "no function");
  }

  @Test
  void classifiesExamplesAsItDoesPictures() throws IOException {
    byte[] first = Drawings.jpeg(1, 90, 61);
    byte[] second = Drawings.jpeg(2, 40, 50);
    List<Prediction> expected =
        model.classify(Stream.of(first, second).map(ImageSource::of).toList());
    try (TString inputs =
            TString.tensorOfBytes(
                NdArrays.vectorOfObjects(
                    example("image/encoded", first), example("image/encoded", second)));
        Result result = bundle.function("classify").call(Map.of("inputs", inputs))) {
      assertAnswers(result, expected);
    }
    try (TString inputs =
        TString.tensorOfBytes(NdArrays.vectorOfObjects(example("image", first)))) {
      assertThrows(
          TFInvalidArgumentException.class,
          () -> bundle.function("classify").call(Map.of("inputs", inputs)).close());
    }
  }

  private static byte[] example(String key, byte[] picture) {
    BytesList bytes = BytesList.newBuilder().addValue(ByteString.copyFrom(picture)).build();
    return Example.newBuilder()
        .setFeatures(
            Features.newBuilder().putFeature(key, Feature.newBuilder().setBytesList(bytes).build()))
        .build()
        .toByteArray();
  }

  @Test
  void describesPicturesAsTheModelDoes() throws IOException {
    byte[] picture = Drawings.jpeg(1, 90, 61);
    float[] expected = model.features(List.of(ImageSource.of(picture)))[0];
    try (TString bytes = TString.tensorOfBytes(NdArrays.vectorOfObjects(picture));
        Result result = bundle.function("features").call(Map.of("image_bytes", bytes))) {
      TFloat32 found = (TFloat32) result.get("features").orElseThrow();
      assertEquals(Shape.of(1, expected.length), found.shape());
      for (int i = 0; i < expected.length; i++) {
        assertEquals(expected[i], found.getFloat(0, i), 1e-4);
      }
    }
  }

  @Test
  void noWeightIsPartOfTheGraph() throws IOException {
    long largest =
        graph().getGraphDef().getNodeList().stream()
            .mapToLong(NodeDef::getSerializedSize)
            .max()
            .orElseThrow();
    assertTrue(largest < 10_000, "a node of " + largest + " bytes");
  }

  @Test
  void isReadBackWithItsOwnSize() throws IOException {
    try (BitModel again = BitModel.open(export)) {
      assertEquals(SIZE, again.size());
    }
  }

  @Test
  void labelsLieBesideTheModel() throws IOException {
    assertEquals(
        LABELS.names(), Files.readAllLines(export.resolve("assets.extra").resolve("labels.txt")));
  }

  @Test
  void saysWhichWeightsItWasMadeOf() throws IOException {
    JsonObject said =
        JsonParser.parseString(Files.readString(export.resolve("assets.extra/provenance.json")))
            .getAsJsonObject();
    assertEquals(ContentId.of(WEIGHTS).id(), said.get("content_id").getAsString());
    assertEquals(ContentId.of(WEIGHTS).backboneId(), said.get("backbone_id").getAsString());
    assertEquals(4, said.get("classes").getAsInt());
    assertEquals(40, said.get("height").getAsInt());
    assertEquals(56, said.get("width").getAsInt());
    assertEquals("known", said.get("labels").getAsString());
    assertEquals("float32", said.get("precision").getAsString());
  }

  @Test
  void theDirectoryHoldsTheVersionAndNothingElse() throws IOException {
    try (Stream<Path> entries = Files.list(export.getParent())) {
      assertEquals(List.of(export), entries.toList());
    }
  }

  @Test
  void theNextVersionIsOneMoreThanTheHighest() throws IOException {
    Files.createDirectories(dir.resolve("7"));
    Files.createDirectories(dir.resolve("notes"));
    assertEquals(dir.resolve("8"), settings().build().writeTo(dir));
  }

  @Test
  void aVersionThatExistsIsRefusedAndStays() throws IOException {
    Path seven = Files.createDirectories(dir.resolve("7"));
    Path mark = Files.writeString(seven.resolve("mark"), "old");
    SavedModelExport again = settings().version(7).build();
    OutputException e = assertThrows(OutputException.class, () -> again.writeTo(dir));
    assertTrue(e.getMessage().contains(seven.toString()), e.getMessage());
    assertEquals("old", Files.readString(mark));
  }

  @Test
  void aVersionThatExistsIsReplacedWhenAskedFor() throws IOException {
    Path seven = Files.createDirectories(dir.resolve("7"));
    Path mark = Files.writeString(seven.resolve("mark"), "old");
    settings().version(7).existing(Existing.REPLACE).build().writeTo(dir);
    assertFalse(Files.exists(mark));
    assertTrue(Files.exists(seven.resolve("saved_model.pb")));
  }

  @Test
  void nothingIsLeftOfAnInterruptedExport() {
    Path base = dir.resolve("new/models");
    SavedModelExport interrupted = SavedModelExport.of(WEIGHTS).labels(LABELS).build();
    Thread.currentThread().interrupt();
    assertThrows(IOException.class, () -> interrupted.writeTo(base));
    assertTrue(Thread.interrupted());
    assertFalse(Files.exists(dir.resolve("new")));
  }

  @Test
  void nothingIsLeftWhereTheModelHasNoHead() {
    Path base = dir.resolve("base");
    SavedModelExport headless = SavedModelExport.of(SeededCheckpoint.of(TINY, 0, 3)).build();
    assertThrows(IllegalStateException.class, () -> headless.writeTo(base));
    assertFalse(Files.exists(base));
  }

  private static List<byte[]> warmup(Path of, int record) throws IOException {
    TfRecordReader records = TfRecordReader.open(of.resolve(ServerFiles.WARMUP));
    return WarmupRequest.parse(records.record(record), "")
        .inputs()
        .get("image_bytes")
        .getStringValList()
        .stream()
        .map(ByteString::toByteArray)
        .toList();
  }

  @Test
  void warmsUpWithDrawnPicturesOfTheUsualSize() throws IOException {
    Path usual = settings().typicalPicture(new ImageSize(31, 47)).build().writeTo(dir);
    BufferedImage drawn = ImageIO.read(new ByteArrayInputStream(warmup(usual, 0).get(0)));
    assertEquals(47, drawn.getWidth());
    assertEquals(31, drawn.getHeight());
    BufferedImage own = ImageIO.read(new ByteArrayInputStream(warmup(export, 5).get(31)));
    assertEquals(SIZE, new ImageSize(own.getHeight(), own.getWidth()));
  }

  @Test
  void warmsUpWithTheUsersPicturesAsTheyAre() throws IOException {
    byte[] first = Drawings.jpeg(1, 90, 61);
    byte[] second = Drawings.encoded(Drawings.ovals(2, 31, 64), "png");
    Path own =
        settings()
            .warmup(List.of(ImageSource.of(first), ImageSource.of(second)))
            .build()
            .writeTo(dir);
    List<byte[]> four = warmup(own, 2);
    assertArrayEquals(first, four.get(0));
    assertArrayEquals(second, four.get(3));
  }

  @Test
  void refusesToWarmUpWithWhatItCannotDecode() throws IOException {
    byte[] webp = "RIFF0000WEBPVP8 ".getBytes(StandardCharsets.US_ASCII);
    for (byte[] bad : List.of(webp, new byte[] {1, 2, 3})) {
      SavedModelExport refused =
          settings().warmup(List.of(ImageSource.named("bad.jpg", bad))).build();
      ImageException e = assertThrows(ImageException.class, () -> refused.writeTo(dir));
      assertTrue(e.getMessage().contains("bad.jpg"), e.getMessage());
    }
    try (Stream<Path> left = Files.list(dir)) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  void itsPageSaysHowToAsk() throws IOException {
    String page = Files.readString(export.resolve("README.md"));
    assertFalse(page.matches("(?s).*@[a-z]+@.*"), page);
    for (String said : List.of("# model, version 1", "MODEL_NAME=model", "40 x 56", "[n, 3]")) {
      assertTrue(page.contains(said), said);
    }
    assertFalse(page.contains(export.getParent().getParent().toString()), "a path");
  }

  /** Measured on this network: 1.6e-3. */
  @Test
  void bfloat16AnswersNearlyTheSameWithHalfTheBytes() throws IOException {
    Path half = settings().precision(Precision.BFLOAT16).build().writeTo(dir);
    byte[] picture = Drawings.jpeg(1, 90, 61);
    try (SavedModelBundle loaded = SavedModelBundle.load(half.toString(), "serve");
        Result exact = call(bundle, picture);
        Result rounded = call(loaded, picture)) {
      TFloat32 expected = (TFloat32) exact.get("scores").orElseThrow();
      TFloat32 found = (TFloat32) rounded.get("scores").orElseThrow();
      for (int k = 0; k < TOP; k++) {
        assertEquals(expected.getFloat(0, k), found.getFloat(0, k), 2e-2);
      }
      assertNotEquals(expected.getFloat(0, 0), found.getFloat(0, 0), "nothing is rounded");
    }
    String data = "variables/variables.data-00000-of-00001";
    double share = Files.size(half.resolve(data)) / (double) Files.size(export.resolve(data));
    assertTrue(share < 0.6, "share " + share);
    try (BitModel again = BitModel.open(half)) {
      assertEquals(SIZE, again.size());
    }
  }

  @Test
  void twoExportsOfOneModelAreEqualBytes() throws IOException {
    Path again = settings().build().writeTo(dir);
    try (Stream<Path> files = Files.walk(export)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path name = export.relativize(file);
        String words = name.toString();
        if (!List.of("README.md", ServerFiles.WARMUP).contains(words)) { // they say the base's name
          assertEquals(-1, Files.mismatch(file, again.resolve(words)), words);
        }
      }
    }
    Path same = settings().build().writeTo(dir.resolve("model"));
    for (String words : List.of("README.md", ServerFiles.WARMUP)) {
      assertEquals(-1, Files.mismatch(export.resolve(words), same.resolve(words)), words);
    }
  }
}
