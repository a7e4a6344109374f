package io.github.tfbit.fewshot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.report.FewShotChart;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class FewShotResultTest {
  private static final Shots ONE = Shots.of(1);

  private static final FewShotResult RESULT =
      new FewShotResult(
          List.of(
              new Trial(Method.FINETUNE, ONE, 0, 100, 0.5),
              new Trial(Method.FINETUNE, ONE, 1, 100, 0.25),
              new Trial(Method.FINETUNE, ONE, 2, 100, 0.1),
              new Trial(Method.FINETUNE, Shots.FULL, 0, 100, 2 / 3.0),
              new Trial(Method.PROBE, ONE, 0, 0, 0.4),
              new Trial(Method.PROBE, ONE, 1, 0, 0.2)));

  @Test
  void writesATableThatScriptsRead() {
    assertEquals(
        """
        shots,subset,steps,accuracy,method
        1,0,100,0.500000,finetune
        1,1,100,0.250000,finetune
        1,2,100,0.100000,finetune
        full,0,100,0.666667,finetune
        1,0,0,0.400000,probe
        1,1,0,0.200000,probe
        """,
        RESULT.csv());
  }

  @Test
  void takesTheMedian() {
    assertEquals(0.25, RESULT.median(Method.FINETUNE, ONE).orElseThrow());
    assertEquals(0.3, RESULT.median(Method.PROBE, ONE).orElseThrow(), 1e-12);
    assertTrue(RESULT.median(Method.PROBE, Shots.FULL).isEmpty());
  }

  @Test
  void drawsTheSameChartForTheSameTrials() throws IOException {
    byte[] png = FewShotChart.png(RESULT, "a model");
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    assertEquals(1800, image.getWidth());
    assertEquals(1200, image.getHeight());
    assertArrayEquals(png, FewShotChart.png(RESULT, "a model"));
  }
}
