package io.github.tfbit.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EndpointTest {
  @ParameterizedTest
  @CsvSource({
    "ROOT_BLOCK, root_block, 4",
    "BLOCK1, block1, 4",
    "BLOCK2, block2, 8",
    "BLOCK3, block3, 16",
    "BLOCK4, block4, 32",
    "PRE_LOGITS, pre_logits, 0",
    "LOGITS, logits, 0"
  })
  void hasTheCommandLinesNameAndItsStride(Endpoint endpoint, String layer, int stride) {
    assertEquals(layer, endpoint.layer());
    assertEquals(stride, endpoint.stride());
  }
}
