package io.github.tfbit.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private final Comparison comparison = Examples.comparison();

  @Test
  void meanAndSpreadAreOverTheSubsets() {
    Curve c = comparison.transfer();
    assertEquals(0.85, c.mean(4), 1e-12);
    assertEquals(0.8, c.lowest(4));
    assertEquals(0.9, c.highest(4));
  }

  @Test
  void slopeIsMeasuredUpToHalfOfTheSteps() {
    assertEquals(3, comparison.middlePoint());
    assertEquals((0.75 - 0.1) / 50, comparison.slope(comparison.transfer()), 1e-12);
  }

  @Test
  void findsTheStepThatReachesAnAccuracy() {
    assertEquals(10, comparison.transfer().stepReaching(0.3));
    assertEquals(-1, comparison.scratch().stepReaching(0.9));
  }

  @Test
  void curvesAtDifferentStepsAreNotCompared() {
    Curve other = new Curve("other", List.of(0, 5), List.of(List.of(.1, .2)));
    Exception e =
        assertThrows(
            IllegalArgumentException.class, () -> new Comparison(comparison.transfer(), other));
    assertEquals("expected both curves at [0, 10, 25, 50, 100], found [0, 5]", e.getMessage());
  }

  @Test
  void subsetsOfDifferentLengthAreRefused() {
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new Curve("a", List.of(0, 5), List.of(List.of(.1))));
    assertTrue(e.getMessage().startsWith("a: expected 2 points per subset"), e.getMessage());
  }

  @Test
  void tableIsAtMostEightyColumnsAndSaysByHowMuch() {
    List<String> lines = DemoTable.lines(comparison);
    assertTrue(lines.stream().allMatch(l -> l.length() <= 80), String.join("\n", lines));
    assertEquals(
        "end: after step 100                        85.0 %         45.0 %    +40.0 pts",
        lines.get(4));
    assertEquals("steps to from-scratch's end                    25            100", lines.get(7));
  }
}
