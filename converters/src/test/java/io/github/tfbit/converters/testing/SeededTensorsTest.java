package io.github.tfbit.converters.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.tfbit.converters.Architecture;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bits and CRC-32 of the same tensors as numpy 2.4 makes them from the published definition. */
class SeededTensorsTest {
  private static final SeededCheckpoint R50X1 =
      SeededCheckpoint.of(Architecture.named("R50x1"), 10, 7);

  @ParameterizedTest
  @CsvSource({
    "resnet/root_block/standardized_conv2d/kernel, 3d832b25, 3ce9f879, d3b9d1a9",
    "resnet/block1/unit01/a/group_norm/beta, 3e1bfb61, bdbd0180, 6b2670f7",
    "resnet/block3/unit02/b/group_norm/gamma, 3f6078a8, 3f00923c, b12343e0",
    "resnet/head/conv2d/kernel, 3cf081c0, bb949ac8, ff2e3ea6",
    "resnet/head/conv2d/bias, 3e93d94b, 3ed5ec1b, bd668bba"
  })
  void tensorsHaveNumpysBits(String name, String first, String last, String crc) {
    ByteBuffer bytes = R50X1.bytes(name);
    assertEquals(first, Integer.toHexString(bytes.getInt(0)));
    assertEquals(last, Integer.toHexString(bytes.getInt(bytes.limit() - 4)));
    CRC32 actual = new CRC32();
    actual.update(bytes);
    assertEquals(crc, Long.toHexString(actual.getValue()));
  }

  @Test
  void readFillsDirectMemoryFromThePositionOn() {
    ByteBuffer target = ByteBuffer.allocateDirect(48).order(ByteOrder.LITTLE_ENDIAN);
    target.position(8);
    R50X1.read("resnet/head/conv2d/bias", target);
    assertEquals(48, target.position());
    assertEquals(0x3e93d94b, target.getInt(8));
    assertEquals(0x3ed5ec1b, target.getInt(44));
  }

  @Test
  void floatsAreTheSameValues() {
    float[] bias = R50X1.floats("resnet/head/conv2d/bias");
    assertEquals(10, bias.length);
    assertEquals(0x3e710315, Float.floatToRawIntBits(bias[1]));
  }

  @Test
  void imagesHaveNumpysBits() {
    float[] images = SeededTensors.images(7, 2, 3, 4, 3);
    assertEquals(72, images.length);
    assertEquals(0xbf603ab4, Float.floatToRawIntBits(images[0]));
    assertEquals(0x3f5c7b55, Float.floatToRawIntBits(images[71]));
  }

  @Test
  void namesEnterAsUtf8() {
    float[] values = SeededTensors.uniform("größe", 7003, 5, 0, 1);
    assertEquals(0x3eb99ddd, Float.floatToRawIntBits(values[0]));
    assertEquals(0x3e365d1c, Float.floatToRawIntBits(values[4]));
  }
}
