package io.github.tfbit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.tfbit.converters.Architecture;
import io.github.tfbit.data.ImageSize;
import io.github.tfbit.data.Survey;
import io.github.tfbit.graph.Golden;
import io.github.tfbit.image.Augmentation;
import io.github.tfbit.image.Flip;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HyperRuleTest {
  private static final Architecture R50 = Architecture.named("R50x1");

  private static Survey survey(int examples, int height, int width) {
    return new Survey(examples, List.of(examples, 0), Optional.of(new ImageSize(height, width)));
  }

  private static HyperRule rule(int examples) {
    return HyperRule.of(survey(examples, 300, 400), R50);
  }

  @Tag("golden")
  @ParameterizedTest
  @ValueSource(ints = {1000, 19_999, 20_000, 50_000, 499_999, 500_000, 1_281_167})
  void followsTheOfficialScheduleExactly(int examples) throws IOException {
    HyperRule rule = rule(examples);
    try (Golden golden = Golden.open("lr_" + examples)) {
      double[] rates = golden.values("lr");
      assertEquals(rates.length, rule.steps());
      for (int step = 0; step < rates.length; step++) {
        assertEquals(rates[step], rule.rate(step), 0, "step " + step);
      }
      double[] supports = golden.values("schedule");
      for (int i = 0; i < supports.length; i++) {
        assertEquals((int) supports[i], rule.supports().get(i));
      }
      assertEquals(golden.values("mixup")[0], rule.mixUpAlpha());
    }
  }

  @ParameterizedTest
  @CsvSource({"19999, 500, 0", "20000, 10000, 0.1", "499999, 10000, 0.1", "500000, 20000, 0.1"})
  void choosesByStrictBoundsOfSize(int examples, int steps, double mixUp) {
    assertEquals(steps, rule(examples).steps());
    assertEquals(mixUp, rule(examples).mixUpAlpha());
  }

  @Test
  void warmsUpFromZeroAndDropsOneStepAfterASupport() {
    HyperRule rule = rule(1000);
    assertEquals(0, rule.rate(0));
    assertEquals(0.003 * 33 / 100, rule.rate(33));
    assertEquals(0.003, rule.rate(100));
    assertEquals(0.003, rule.rate(200));
    assertEquals(0.003 / 10, rule.rate(201));
    assertEquals(0.003 / 10 / 10, rule.rate(301));
    assertEquals(0.003 / 10 / 10 / 10, rule.rate(499));
    assertThrows(IndexOutOfBoundsException.class, () -> rule.rate(500));
  }

  @Test
  void scalesEverySupportToAnotherLength() {
    HyperRule rule = rule(20_000).toBuilder().steps(77).build();
    assertEquals(List.of(4, 23, 46, 69, 77), rule.supports());
    HyperRule again = rule(1000).toBuilder().steps(500).rate(0.001).build();
    assertEquals(List.of(100, 200, 300, 400, 500), again.supports());
    assertEquals(0.001, again.rate(150));
  }

  @ParameterizedTest
  @CsvSource({
    "R50x1, 95, 97, PAPER, 160, 128",
    "R50x1, 96, 96, PAPER, 448, 384",
    "R50x1, 96, 96, CODE, 512, 480",
    "R152x4, 96, 96, PAPER, 512, 480",
    "R152x4, 32, 32, CODE, 160, 128"
  })
  void choosesTheResolutionByAreaAndArchitecture(
      String name, int height, int width, HyperRule.Resolution from, int resize, int crop) {
    HyperRule rule = HyperRule.of(survey(1000, height, width), Architecture.named(name), from);
    assertEquals(new Augmentation(resize, crop, Flip.HORIZONTAL), rule.augmentation());
  }

  @Test
  void takesTheHighResolutionWhereSizesAreUnknown() {
    Survey unknown = new Survey(10, List.of(5, 5), Optional.empty());
    assertEquals(384, HyperRule.of(unknown, R50).augmentation().crop());
  }

  @Test
  void refusesACropThatExceedsTheResize() {
    HyperRule.Builder b = rule(10).toBuilder().resize(100).crop(128);
    assertThrows(IllegalArgumentException.class, b::build);
  }
}
