package io.github.tfbit.cli.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTest {
  @ParameterizedTest
  @CsvSource({"0.4,0 s", "59.4,59 s", "60,1 min", "200,3 min 20 s", "7500,2 h 5 min", "7200,2 h"})
  void writesDurations(double seconds, String text) {
    assertEquals(text, Text.duration(seconds));
  }

  @ParameterizedTest
  @CsvSource({"512,512 bytes", "94131688,94.1 MB", "4433000000,4.4 GB", "999960,1.0 MB"})
  void writesBytes(long bytes, String text) {
    assertEquals(text, Text.bytes(bytes));
  }

  @ParameterizedTest
  @CsvSource({"0.354,0.35", "12.54,12.5", "'1234.4','1,234'"})
  void writesRates(double rate, String text) {
    assertEquals(text, Text.rate(rate));
  }

  @Test
  void wrapsBetweenWordsAndKeepsPathsWhole() {
    assertEquals(
        List.of("see", "/a/very/long/path.npz", "for more"),
        Text.wrap("see /a/very/long/path.npz for more", 10));
  }

  @Test
  void alignsNumbersToTheRight() {
    assertEquals(
        List.of("class   n", "cat     5", "wolf   12"),
        new Table().row("class", "n").row("cat", "5").row("wolf", "12").lines());
  }
}
