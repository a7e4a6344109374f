package io.github.tfbit.serving;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.tfbit.Prediction;
import io.github.tfbit.data.ImageSource;
import io.github.tfbit.graph.Endpoint;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestServiceTest {
  private static final String PREDICT = "/v1/models/tiny:predict";
  private static final byte[] ONE = Fixture.picture(1, "png");
  private static final byte[] TWO = Fixture.picture(2, "jpg");

  private static Fixture fixture;

  @BeforeAll
  static void start() throws IOException {
    fixture = new Fixture(Limits.DEFAULT);
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  private static JsonObject ok(HttpResponse<String> answer) {
    assertEquals(200, answer.statusCode(), answer.body());
    assertEquals("application/json", answer.headers().firstValue("content-type").orElse(""));
    return JsonParser.parseString(answer.body()).getAsJsonObject();
  }

  private static void failed(int status, String text, HttpResponse<String> answer) {
    assertEquals(status, answer.statusCode(), answer.body());
    String error =
        JsonParser.parseString(answer.body()).getAsJsonObject().get("error").getAsString();
    assertTrue(error.contains(text), error);
    answersNext();
  }

  /** The next good request works. */
  private static void answersNext() {
    ok(fixture.post(PREDICT, Fixture.instances(ONE)));
  }

  private static Prediction.Ranked expected(byte[] picture) throws IOException {
    return fixture.model.classify(ImageSource.of(picture));
  }

  private static void assertRanked(byte[] picture, JsonObject row) throws IOException {
    List<Prediction.Score> top = expected(picture).top();
    JsonArray classes = row.getAsJsonArray("classes");
    assertEquals(3, classes.size());
    for (int i = 0; i < 3; i++) {
      assertEquals(top.get(i).label(), classes.get(i).getAsString());
      assertEquals(
          top.get(i).probability(), row.getAsJsonArray("scores").get(i).getAsDouble(), 1e-5);
    }
  }

  private static float[] floats(JsonElement row) {
    JsonArray array = row.getAsJsonArray();
    float[] values = new float[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.get(i).getAsFloat();
    }
    return values;
  }

  private static void assertClose(float[] expected, float[] found) {
    assertEquals(expected.length, found.length);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], found[i], 1e-4f * (1 + Math.abs(expected[i])), "value " + i);
    }
  }

  @Test
  void answersRowsInOrder() throws IOException {
    JsonArray rows =
        ok(fixture.post(PREDICT, Fixture.instances(ONE, TWO))).getAsJsonArray("predictions");
    assertEquals(2, rows.size());
    assertRanked(ONE, rows.get(0).getAsJsonObject());
    assertRanked(TWO, rows.get(1).getAsJsonObject());
  }

  @Test
  void takesTheOnlyInputWithoutItsName() throws IOException {
    String body = "{\"instances\": [{\"b64\": \"" + Fixture.base64(ONE) + "\"}]}";
    JsonArray rows = ok(fixture.post(PREDICT, body)).getAsJsonArray("predictions");
    assertRanked(ONE, rows.get(0).getAsJsonObject());
  }

  @Test
  void answersColumns() throws IOException {
    String list =
        "[{\"b64\": \"" + Fixture.base64(ONE) + "\"}, {\"b64\": \"" + Fixture.base64(TWO) + "\"}]";
    for (String body :
        List.of("{\"inputs\": " + list + "}", "{\"inputs\": {\"image_bytes\": " + list + "}}")) {
      JsonObject outputs = ok(fixture.post(PREDICT, body)).getAsJsonObject("outputs");
      assertEquals(2, outputs.getAsJsonArray("classes").size());
      assertEquals(
          expected(TWO).best().label(),
          outputs.getAsJsonArray("classes").get(1).getAsJsonArray().get(0).getAsString());
    }
  }

  @Test
  void describesPictures() throws IOException {
    String body =
        Fixture.instances(ONE)
            .replace("{\"instances\"", "{\"signature_name\": \"features\", \"instances\"");
    JsonElement row = ok(fixture.post(PREDICT, body)).getAsJsonArray("predictions").get(0);
    assertClose(fixture.model.features(List.of(ImageSource.of(ONE)))[0], floats(row));
  }

  @Test
  void takesPicturesOfAnySizeAsTheNetworkDoes() {
    float[] pixels = new float[16 * 24 * 3];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (i * 7 % 256 - 128) / 128f;
    }
    String body =
        "{\"signature_name\": \"images\", \"instances\": [" + nested(pixels, 16, 24) + "]}";
    JsonObject row =
        ok(fixture.post(PREDICT, body)).getAsJsonArray("predictions").get(0).getAsJsonObject();
    io.github.tfbit.data.ImageSize size = new io.github.tfbit.data.ImageSize(16, 24);
    assertClose(
        fixture.model.features(Endpoint.LOGITS, pixels, size).values(), floats(row.get("logits")));
    assertClose(
        fixture.model.features(Endpoint.PRE_LOGITS, pixels, size).values(),
        floats(row.get("features")));
    float sum = 0;
    for (float score : floats(row.get("scores"))) {
      sum += score;
    }
    assertEquals(1, sum, 1e-5);
  }

  @Test
  void takesDecodedPictures() {
    float[] bytes = new float[5 * 6 * 3];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = i * 3 % 256;
    }
    String body =
        "{\"signature_name\": \"pixels\", \"instances\": [{\"pixels\": "
            + nested(bytes, 5, 6)
            + "}]}";
    JsonObject row =
        ok(fixture.post(PREDICT, body)).getAsJsonArray("predictions").get(0).getAsJsonObject();
    assertEquals(3, row.getAsJsonArray("classes").size());
    failed(
        400,
        "not of expected type: uint8",
        fixture.post(PREDICT, body.replaceFirst("0\\.0", "0.5")));
    failed(
        400,
        "not of expected type: uint8",
        fixture.post(PREDICT, body.replaceFirst("0\\.0", "256")));
  }

  private static String nested(float[] values, int height, int width) {
    StringBuilder text = new StringBuilder("[");
    for (int y = 0; y < height; y++) {
      text.append(y == 0 ? "[" : ",[");
      for (int x = 0; x < width; x++) {
        int at = (y * width + x) * 3;
        text.append(x == 0 ? "" : ",")
            .append(Arrays.toString(Arrays.copyOfRange(values, at, at + 3)));
      }
      text.append("]");
    }
    return text.append("]").toString();
  }

  @Test
  void classifiesExamples() throws IOException {
    String body =
        "{\"signature_name\": \"classify\", \"context\": {\"source\": \"test\"}, \"examples\": ["
            + "{\"image/encoded\": {\"b64\": \""
            + Fixture.base64(ONE)
            + "\"}},"
            + "{\"image/encoded\": [{\"b64\": \""
            + Fixture.base64(TWO)
            + "\"}], \"width\": 5}]}";
    JsonArray results =
        ok(fixture.post("/v1/models/tiny:classify", body)).getAsJsonArray("results");
    assertEquals(2, results.size());
    JsonArray best = results.get(1).getAsJsonArray().get(0).getAsJsonArray();
    assertEquals(expected(TWO).best().label(), best.get(0).getAsString());
    assertEquals(expected(TWO).best().probability(), best.get(1).getAsDouble(), 1e-5);
    failed(
        400,
        "No classification inputs",
        fixture.post("/v1/models/tiny:classify", body.replace("\"classify\"", "\"images\"")));
    failed(
        400,
        "is required but could not be found",
        fixture.post("/v1/models/tiny:classify", body.replace("image/encoded", "image/encode")));
    failed(
        400,
        "Input is empty",
        fixture.post("/v1/models/tiny:classify", "{\"signature_name\": \"classify\"}"));
  }

  @Test
  void saysWhatItServes() {
    JsonObject status = ok(fixture.get("/v1/models/tiny"));
    JsonObject version = status.getAsJsonArray("model_version_status").get(0).getAsJsonObject();
    assertEquals("4", version.get("version").getAsString());
    assertEquals("AVAILABLE", version.get("state").getAsString());
    JsonObject metadata = ok(fixture.get("/v1/models/tiny/versions/4/metadata"));
    JsonObject signatures =
        metadata
            .getAsJsonObject("metadata")
            .getAsJsonObject("signature_def")
            .getAsJsonObject("signature_def");
    assertEquals(
        List.of("classify", "features", "images", "pixels", "serving_default"),
        List.copyOf(signatures.keySet()));
    JsonObject input =
        signatures
            .getAsJsonObject("serving_default")
            .getAsJsonObject("inputs")
            .getAsJsonObject("image_bytes");
    assertEquals("DT_STRING", input.get("dtype").getAsString());
    assertTrue(fixture.get("/metrics").body().contains("tfbit_batch_pictures_count"));
    assertEquals(200, fixture.get("/healthz").statusCode());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "404 | Servable not found for request: Latest(other) | /v1/models/other:predict",
        "404 | Servable not found for request: Specific(tiny, 5) | /v1/models/tiny/versions/5:predict",
        "400 | Unrecognized servable version label: stable | /v1/models/tiny/labels/stable:predict",
        "400 | Malformed request: POST /v1/models/tiny:guess | /v1/models/tiny:guess",
        "400 | Malformed request: POST /v1/models/tiny | /v1/models/tiny",
        "501 | no signature for regress | /v1/models/tiny:regress",
        "404 | nothing is served here | /v2/models/tiny"
      })
  void refusesAddresses(int status, String text, String path) {
    failed(status, text, fixture.post(path, Fixture.instances(ONE)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "JSON Parse error | ",
        "JSON Parse error | {",
        "JSON Parse error | {\"instances\": [1]} x",
        "Request must be a JSON object | []",
        "Missing 'inputs' or 'instances' key | {\"signature_name\": \"images\"}",
        "expected 'instances' to be a list | {\"instances\": 3}",
        "'instances' is empty | {\"instances\": []}",
        "Both 'instances' and 'inputs' | {\"instances\": [1], \"inputs\": [1]}",
        "key must be a string value | {\"signature_name\": 3, \"instances\": [1]}",
        "name: \"guess\" not found | {\"signature_name\": \"guess\", \"instances\": [1]}",
        "to be string but float is provided | {\"instances\": [1.5]}",
        "found NULL | {\"instances\": [null]}",
        "expected type: string | {\"instances\": [\"a\", 1]}",
        "expected elements at depth | {\"instances\": [1, [1]]}",
        "unexpected size: 2 | {\"signature_name\": \"images\", \"instances\": [[[[1,2,3]]], [[[1,2]]]]}",
        "at $.instances[1][0][0] | {\"signature_name\": \"images\", \"instances\": [[[[1,2,3]]], [[[1,2]]]]}",
        "Infinity in row 1 | {\"signature_name\": \"images\", \"instances\": [[[[1,2,3]]], [[[1,1e39,3]]]]}",
        "found something else at $.instances[1] | {\"instances\": [\"a\", tru]}",
        "to be of shape [-1, -1, -1, 3] | {\"signature_name\": \"images\", \"instances\": [[[[1,2]]]]}",
        "to be of shape [-1, -1, -1, 3] | {\"signature_name\": \"images\", \"instances\": [[[1,2,3]]]}",
        "but found [1, 0] | {\"signature_name\": \"images\", \"instances\": [[]]}",
        "Sent extra: {picture} | {\"instances\": [{\"picture\": {\"b64\": \"\"}}]}",
        "Unable to base64 decode | {\"instances\": [{\"b64\": \"§\"}]}",
        "expected {\"b64\" | {\"instances\": [{\"image_bytes\": {\"b65\": \"\"}}]}",
        "found an empty file | {\"instances\": [{\"b64\": \"\"}]}",
        "start with \"no picture\" | {\"instances\": [\"no picture\"]}",
        "expected {image_bytes} | {\"instances\": [{\"image_bytes\": \"a\"}, {\"b64\": \"\"}]}"
      })
  void refusesBodies(String text, String body) {
    failed(400, text, fixture.post(PREDICT, body == null ? "" : body));
  }

  @Test
  void quotesNoMoreThanTheStartOfALongRequest() {
    String name = "n".repeat(100_000);
    HttpResponse<String> answer =
        fixture.post(PREDICT, "{\"instances\": [{\"" + name + "\": \"a\"}]}");
    failed(400, "nnn", answer);
    assertTrue(answer.body().length() < 1000, answer.body());
  }

  @Test
  void unpacksBodies() throws IOException {
    ok(fixture.postPacked(PREDICT, Fixture.instances(ONE).getBytes(UTF_8)));
    failed(413, "longer one", fixture.postPacked(PREDICT, new byte[100 << 20]));
  }

  @Test
  void refusesDeepNesting() {
    String deep = "[".repeat(10_000) + "]".repeat(10_000);
    failed(400, "at most 8 dimensions", fixture.post(PREDICT, "{\"instances\": " + deep + "}"));
    failed(400, "JSON Parse error", fixture.post(PREDICT, "{\"other\": " + deep + "}"));
  }

  /** A header that promises 20,000 x 20,000 passes TensorFlow's own check. */
  @Test
  void refusesHugePicturesBeforeTheyAreDecoded() {
    for (int side : new int[] {20_000, 100_000}) {
      byte[] png = Fixture.picture(1, "png");
      java.nio.ByteBuffer.wrap(png).putInt(16, side).putInt(20, side);
      failed(400, side + " x " + side, fixture.post(PREDICT, Fixture.instances(png)));
    }
  }

  @Test
  void refusesLongRequests() {
    String body = "{\"instances\": [\"" + "A".repeat(65 << 20) + "\"]}";
    failed(413, "at most 67108864 bytes", fixture.post(PREDICT, body));
  }

  @Test
  void oneBadPictureFailsItsRequestOnly() throws IOException {
    HttpResponse<String> bad = fixture.post(PREDICT, Fixture.instances(ONE, new byte[] {1, 2, 3}));
    failed(400, "row 1", bad);
    assertRanked(
        TWO,
        ok(fixture.post(PREDICT, Fixture.instances(TWO)))
            .getAsJsonArray("predictions")
            .get(0)
            .getAsJsonObject());
  }

  @Test
  void hasAPage() {
    HttpResponse<String> page = fixture.get("/");
    assertEquals(200, page.statusCode());
    assertTrue(page.headers().firstValue("content-security-policy").orElse("").contains("'self'"));
    assertEquals(200, fixture.get("/page.js").statusCode());
    assertEquals(200, fixture.get("/page.css").statusCode());
    assertEquals("tiny", ok(fixture.get("/card.json")).get("name").getAsString());
  }
}
