package io.github.tfbit.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.tfbit.converters.Architecture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryEstimateTest {
  /** Peaks of the resident size of whole processes, in MB, on a CPU. */
  @ParameterizedTest
  @CsvSource({
    "R26x0.25, 128, 256, true, 2928",
    "R50x1, 64, 64, false, 2405",
    "R50x1, 128, 32, true, 3221",
    "R50x1, 224, 16, true, 4309",
    "R50x1, 384, 4, true, 3614",
    "R50x1, 384, 4, true, 4042",
    "R50x3, 32, 8, true, 9223",
    "R50x3, 128, 4, false, 7350",
    "R101x1, 128, 16, false, 3759"
  })
  void isNearMeasuredPeaks(String name, int side, int micro, boolean split, double megabytes) {
    Architecture a = Architecture.named(name);
    double estimate = MemoryEstimate.of(a, 2, side, micro, split).total() / 1e6;
    assertEquals(megabytes, estimate, 0.12 * megabytes);
  }

  @ParameterizedTest
  @CsvSource({
    "384, 4, 2, 512, 1317",
    "128, 4, 24, 32, 1283",
    "224, 3, 8, 16, 1582",
    "224, 2, 8, 32, 2899",
    "128, 0, 24, 32, 3248"
  })
  void isNearMeasuredPeaksBehindAFrozenPartToo(
      int side, int after, int described, int micro, double megabytes) {
    MemoryEstimate.Frozen how = new MemoryEstimate.Frozen(after, described, micro, false);
    Architecture a = Architecture.named("R50x1");
    double estimate = MemoryEstimate.behindFrozen(a, 2, side, how).total() / 1e6;
    assertEquals(megabytes, estimate, 0.15 * megabytes);
  }
}
