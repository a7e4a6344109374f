package io.github.tfbit.cli.demo;

import io.github.tfbit.HyperRule;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.data.ImageDataset;
import io.github.tfbit.data.ImageDatasets;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * BiT-HyperRule, scaled to a small model and to three minutes on two cores.
 *
 * @param rule what the demo trains by
 * @param facts what was scaled and why, in sentences
 */
record DemoRule(HyperRule rule, List<String> facts) {
  private static final int BATCH = 50;
  private static final double RATE = 0.1;
  private static final int RESIZE = 46;
  private static final int CROP = 40;

  static DemoRule of(ImageDataset train, Architecture architecture, int steps) throws IOException {
    HyperRule full = HyperRule.of(ImageDatasets.survey(train), architecture);
    HyperRule scaled =
        full.toBuilder().steps(steps).batch(BATCH).rate(RATE).resize(RESIZE).crop(CROP).build();
    return new DemoRule(
        scaled, List.of(asked(full, train.size()), steps(steps, train.size()), rate(full), side()));
  }

  private static String asked(HyperRule full, int pictures) {
    return String.format(
        Locale.ROOT,
        "For %d pictures BiT-HyperRule asks for %d steps of %d pictures at rate %s, resized to %d"
            + " and cropped to %d pixels. Its schedule, augmentation, momentum and zero head are"
            + " kept; the rest is scaled to a small model and to three minutes on two cores.",
        pictures,
        full.steps(),
        full.batch(),
        full.baseRate(),
        full.augmentation().resize(),
        full.augmentation().crop());
  }

  private static String steps(int steps, int pictures) {
    return String.format(
        Locale.ROOT,
        "Scaled for time: %d steps of %d pictures. Every picture is still seen %d times.",
        steps,
        BATCH,
        steps * BATCH / pictures);
  }

  private static String rate(HyperRule full) {
    return String.format(
        Locale.ROOT,
        "Scaled for the few steps: rate %s in place of %s, chosen of 0.03 and 0.1 on other drawn"
            + " pictures; both networks ended higher with it.",
        RATE,
        full.baseRate());
  }

  private static String side() {
    return String.format(
        Locale.ROOT,
        "Scaled for the model: resized to %d and cropped to %d pixels, the sides at which it was"
            + " pre-trained.",
        RESIZE,
        CROP);
  }
}
