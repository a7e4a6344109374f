package io.github.tfbit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.converters.Activation;
import io.github.tfbit.converters.Architecture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PretrainingTest {
  private static final Architecture TINY = new Architecture(List.of(1, 1, 1, 1), 8, 4);

  @TempDir Path dir;

  @Test
  void followsTheUpstreamScheduleOverItsEpochs() throws IOException {
    List<Double> rates = new ArrayList<>();
    Run run =
        Pretraining.of(TINY, Drawn.dataset(24, 24))
            .epochs(6)
            .batch(8)
            .resize(32)
            .crop(28)
            .warmUp(2)
            .validation(Drawn.dataset(9, 24))
            .loss(Activation.SIGMOID)
            .run(dir.resolve("run"))
            .listener(
                new TrainingListener() {
                  @Override
                  public void stepped(Step s) {
                    rates.add(s.rate());
                  }
                })
            .build()
            .call();
    double base = 0.03 * 8 / 256;
    assertEquals(18, rates.size());
    assertEquals(0, rates.get(0));
    assertEquals(base / 2, rates.get(1));
    assertEquals(base, rates.get(6), "a drop takes effect one step late");
    assertEquals(base / 10, rates.get(7));
    assertEquals(base / 10 / 10, rates.get(13));
    assertEquals(base / 10 / 10 / 10, rates.get(17));
    assertEquals(Activation.SIGMOID, run.head().activation());
    String settings = Files.readString(run.directory().resolve("run.json"));
    assertTrue(settings.contains("\"kind\": \"pre-training\""), settings);
    assertTrue(settings.contains("\"weight_decay\": 1.0E-4"), settings);
  }
}
