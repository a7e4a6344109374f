package io.github.tfbit.checkpoints.hdf5;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The values that lookup3.c's own test prints. */
class Lookup3Test {
  @ParameterizedTest
  @CsvSource({"'', deadbeef", "Four score and seven years ago, 17770551"})
  void isThePublishedHash(String text, String hash) {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    assertEquals(hash, Integer.toHexString(Lookup3.of(bytes)));
  }
}
