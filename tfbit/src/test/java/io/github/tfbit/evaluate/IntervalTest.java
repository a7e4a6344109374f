package io.github.tfbit.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class IntervalTest {
  /** Values of statsmodels' proportion_confint(count, nobs, method="wilson"). */
  @Test
  void agreesWithStatsmodels() {
    assertInterval(0.4901625, 0.9433178, Interval.wilson(8, 10));
    assertInterval(0.0, 0.2775328, Interval.wilson(0, 10));
    assertInterval(0.7224672, 1.0, Interval.wilson(10, 10));
  }

  @Test
  void isUnknownWithoutPictures() {
    assertTrue(Double.isNaN(Interval.wilson(0, 0).low()));
  }

  @Test
  void refusesMoreThanAll() {
    assertThrows(IllegalArgumentException.class, () -> Interval.wilson(3, 2));
  }

  private static void assertInterval(double low, double high, Interval found) {
    assertEquals(low, found.low(), 1e-6);
    assertEquals(high, found.high(), 1e-6);
  }
}
