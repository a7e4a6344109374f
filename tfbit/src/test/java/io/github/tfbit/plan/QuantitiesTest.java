package io.github.tfbit.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantitiesTest {
  @ParameterizedTest
  @CsvSource({
    "0.4,0 s",
    "59.4,59 s",
    "200,3 min 20 s",
    "120,2 min",
    "7500,2 h 5 min",
    "172799,47 h 59 min",
    "273600,3 d 4 h"
  })
  void writesTimesInTwoUnits(double seconds, String text) {
    assertEquals(text, Quantities.duration(seconds));
  }

  @ParameterizedTest
  @CsvSource({"999,999 bytes", "94131688,94.1 MB", "999960,1.0 MB", "2500000000000000,2.5 PB"})
  void writesBytesInDecimalUnits(long bytes, String text) {
    assertEquals(text, Quantities.bytes(bytes));
  }

  @Test
  void laysTextBesideItsLabel() {
    assertEquals(
        List.of("memory     " + "a".repeat(60) + " bbbb", "           cccccc"),
        Columns.row("memory", "a".repeat(60) + " bbbb cccccc"));
  }
}
