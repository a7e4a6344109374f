package io.github.tfbit.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.checkpoints.CheckpointException;
import io.github.tfbit.data.ImageSize;
import io.github.tfbit.data.TfRecordReader;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.TensorProto;

class ServerFilesTest {
  @TempDir Path dir;

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Field by field, as prediction_log.proto, predict.proto and model.proto number them. */
  @Test
  void aRequestIsWrittenAsPredictionLog() {
    String expected =
        "3240" // predict_log
            + "0a3e" // request
            + "0a14" // model_spec
            + "0a016d" // name: m
            + "1a0f73657276696e675f64656661756c74" // signature_name: serving_default
            + "1226" // inputs
            + "0a0b696d6167655f6279746573" // key: image_bytes
            + "1217" // value, a TensorProto
            + "0807" // dtype: DT_STRING
            + "120412020802" // tensor_shape: [2]
            + "420561626364654206666768696a6b"; // string_val
    byte[] written = WarmupRequest.of(List.of(bytes("abcde"), bytes("fghijk"))).toLog("m");
    assertEquals(expected, HexFormat.of().formatHex(written));
  }

  @Test
  void aRequestIsReadBack() throws IOException {
    WarmupRequest request = WarmupRequest.of(List.of(bytes("abc"), bytes("de")));
    assertEquals(request, WarmupRequest.parse(ByteBuffer.wrap(request.toLog("m")), "here"));
  }

  @Test
  void anythingElseIsDamaged() {
    for (String text : List.of("", "nothing of the kind", "2\u0002\n\u0000x")) {
      assertThrows(
          CheckpointException.class,
          () -> WarmupRequest.parse(ByteBuffer.wrap(bytes(text)), "here"),
          text);
    }
  }

  @Test
  void writesOneRequestForEachBatchSize() throws IOException {
    Files.createDirectories(dir.resolve("assets.extra"));
    ServerFiles.writeWarmup(dir, "m", List.of(bytes("one"), bytes("two"), bytes("three")));
    TfRecordReader records = TfRecordReader.open(dir.resolve(ServerFiles.WARMUP));
    assertEquals(ServerFiles.BATCH_SIZES.size(), records.size());
    for (int i = 0; i < records.size(); i++) {
      WarmupRequest request = WarmupRequest.parse(records.record(i), records.place(i));
      assertEquals("serving_default", request.signature());
      TensorProto tensor = request.inputs().get("image_bytes");
      assertEquals(ServerFiles.BATCH_SIZES.get(i), tensor.getStringValCount());
      assertEquals(tensor.getStringValCount(), tensor.getTensorShape().getDim(0).getSize());
    }
    TensorProto four = WarmupRequest.parse(records.record(2), "here").inputs().get("image_bytes");
    assertEquals("one", four.getStringVal(3).toStringUtf8());
  }

  @Test
  void batchesEndWithTheLargest() throws IOException {
    ServerFiles.writeBatching(dir);
    List<String> lines = Files.readAllLines(dir.resolve(ServerFiles.BATCHING));
    List<String> sizes = lines.stream().filter(l -> l.startsWith("allowed_batch_sizes: ")).toList();
    assertEquals("allowed_batch_sizes: 32", sizes.get(sizes.size() - 1));
    assertTrue(lines.contains("max_batch_size { value: 32 }"), lines::toString);
    for (String name :
        List.of("batch_timeout_micros", "max_enqueued_batches", "num_batch_threads")) {
      assertTrue(lines.stream().anyMatch(l -> l.startsWith(name + " { value: ")), name);
    }
  }

  @Test
  void samplePicturesAreJpegsOfTheSizeAndTheSameEachTime() throws IOException {
    List<byte[]> pictures = SamplePictures.jpegs(new ImageSize(60, 90));
    List<byte[]> again = SamplePictures.jpegs(new ImageSize(60, 90));
    for (int i = 0; i < pictures.size(); i++) {
      BufferedImage image = ImageIO.read(new ByteArrayInputStream(pictures.get(i)));
      assertEquals(90, image.getWidth());
      assertEquals(60, image.getHeight());
      assertArrayEquals(pictures.get(i), again.get(i));
    }
    assertNotEquals(
        ByteBuffer.wrap(pictures.get(0)), ByteBuffer.wrap(pictures.get(1)), "all alike");
  }

  @Test
  void aHugeSampleIsDrawnSmaller() throws IOException {
    byte[] picture = SamplePictures.jpegs(new ImageSize(4000, 6000)).get(0);
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(picture));
    assertEquals(1224, image.getWidth());
    assertEquals(816, image.getHeight());
  }
}
