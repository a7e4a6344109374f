package io.github.tfbit.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.tensorflow.proto.ConfigProto;

class SessionOptionsTest {
  @Test
  void oneStreamHasAllThreads() {
    ConfigProto config = new SessionOptions(Device.CPU, 6).config();
    assertEquals(6, config.getIntraOpParallelismThreads());
    assertEquals(6, config.getInterOpParallelismThreads());
  }

  @Test
  void streamsShareTheThreads() {
    ConfigProto config = new SessionOptions(Device.CPU, 6, 3).config();
    assertEquals(2, config.getIntraOpParallelismThreads());
    assertEquals(3, config.getInterOpParallelismThreads());
    assertEquals(1, new SessionOptions(Device.CPU, 2, 3).config().getIntraOpParallelismThreads());
  }

  @Test
  void manyPicturesTakeAsManyStreamsAsThreadsUpToEight() {
    assertEquals(3, new SessionOptions(Device.CPU, 3).forMany().streams());
    assertEquals(8, new SessionOptions(Device.CPU, 64).forMany().streams());
    assertEquals(
        Math.min(8, Runtime.getRuntime().availableProcessors()),
        new SessionOptions(Device.CPU, 0).forMany().streams());
    assertEquals(1, new SessionOptions(Device.parse("gpu:0"), 8).forMany().streams());
  }

  @Test
  void refusesNumbersThatAreNone() {
    assertThrows(IllegalArgumentException.class, () -> new SessionOptions(Device.CPU, -1));
    assertThrows(IllegalArgumentException.class, () -> new SessionOptions(Device.CPU, 1, 0));
  }
}
