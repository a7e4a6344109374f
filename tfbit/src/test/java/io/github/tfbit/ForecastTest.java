package io.github.tfbit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.data.ImageDataset;
import io.github.tfbit.data.ImageDatasets;
import io.github.tfbit.graph.InitialWeights;
import io.github.tfbit.image.Augmentation;
import io.github.tfbit.plan.Change;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ForecastTest {
  private static final Architecture TINY = new Architecture(List.of(1, 1, 1, 1), 8, 4);

  @TempDir private Path dir;
  private final Checkpoint upstream = InitialWeights.of(TINY, 5, 3);
  private final ImageDataset pictures = Drawn.dataset(24, 2);

  private FineTuning.Builder run(HyperRule rule) {
    FineTuning.Builder builder = FineTuning.from(upstream, pictures);
    builder.measuring = 0.1;
    return builder
        .architecture(TINY)
        .hyperRule(rule)
        .validation(Drawn.dataset(9, 7))
        .featureCache(dir.resolve("features"))
        .run(dir.resolve("run"));
  }

  private HyperRule.Builder rule() throws IOException {
    return HyperRule.of(ImageDatasets.survey(pictures), TINY).toBuilder();
  }

  /** On any machine as it is asked for in hours, with a frozen backbone in seconds. */
  private HyperRule slow() throws IOException {
    return rule().steps(4000).batch(128).resize(200).crop(200).build();
  }

  /** As on a machine that is so busy that one batch takes longer than all measuring may. */
  @Test
  @Timeout(120)
  void measuringEndsHoweverSlowTheMachineIs() throws IOException {
    FineTuning.Builder builder = run(rule().batch(6).resize(40).crop(32).build());
    builder.measuring = 0;
    assertTrue(seconds(builder.build().plan(), 0) > 0);
  }

  @Test
  void saysWhatTheRuleDecidedAndWhatItCosts() throws IOException {
    Forecast forecast = run(rule().batch(130).resize(160).crop(136).build()).build().plan();
    assertFalse(Files.exists(dir.resolve("run")));
    assertEquals(
        List.of(
            List.of(),
            List.of(Change.BATCH),
            List.of(Change.BATCH, Change.PICTURES),
            List.of(Change.BATCH, Change.PICTURES, Change.SCHEDULE),
            List.of(Change.BACKBONE),
            List.of(Change.PICTURES, Change.BACKBONE)),
        forecast.ways().stream().map(Forecast.Way::changes).toList());
    double asked = seconds(forecast, 0);
    assertTrue(seconds(forecast, 3) < asked / 3, forecast.text());
    assertTrue(seconds(forecast, 4) < asked / 3, forecast.text());
    Plan least = forecast.ways().get(3).plan();
    assertEquals(List.of(100, 128), List.of(least.steps(), least.batch()));
    assertEquals(128, least.augmentation().crop());
    String text = forecast.text();
    Augmentation ruled = rule().build().augmentation();
    for (String said :
        List.of(
            "data       24 pictures: small, below 20,000",
            "500 steps of 130 pictures (the rule: 500 steps of 512)",
            "(the rule: " + ruled.resize() + ", " + ruled.crop() + ")",
            "MixUp      none: none below 20,000 pictures",
            "2  --batch 128 --lr 0.001",
            "3  2 with --resize 160 --crop 128",
            "4  3 with --steps 100",
            "5  --freeze backbone",
            "6  5 with --resize 160 --crop 128",
            "frozen backbone: the paper trains everything")) {
      assertTrue(words(text).contains(words(said)), said + " in " + text);
    }
    text.lines().forEach(line -> assertTrue(line.length() <= 80, line));
  }

  private static String words(String text) {
    return text.replaceAll("\\s+", " ");
  }

  private static double seconds(Forecast forecast, int way) {
    return forecast.ways().get(way).time().orElseThrow().seconds();
  }

  @Test
  void offersOnlyWhatMayBeGivenUpAndHelps() throws IOException {
    Forecast forecast =
        run(rule().batch(32).resize(40).crop(32).steps(3).build())
            .mayGiveUp(Set.of(Change.BATCH, Change.PICTURES, Change.SCHEDULE))
            .build()
            .plan();
    assertEquals(1, forecast.ways().size());
    assertEquals(Optional.empty(), forecast.chosen());
    assertEquals(3, forecast.plan().steps());
  }

  @Test
  void saysWhichWayATimeIsFor() throws IOException {
    HyperRule quick = rule().batch(24).resize(40).crop(32).steps(3).build();
    Forecast fits = run(quick).within(Duration.ofDays(2)).build().plan();
    assertEquals(Optional.of(fits.ways().get(0)), fits.chosen());
    assertTrue(fits.text().endsWith("\nwithin 2 d: way 1"), fits.text());
    Forecast none = run(quick).within(Duration.ofMillis(9)).mayGiveUp(Set.of()).build().plan();
    assertTrue(none.text().endsWith("\nwithin 0 s: no way fits"), none.text());
  }

  @Test
  void keepsToTheRuleWhereThatFits() throws IOException {
    HyperRule quick = rule().batch(24).resize(40).crop(32).steps(3).build();
    Run run = run(quick).within(Duration.ofDays(2)).build().call();
    assertEquals(List.of(), givenUp());
    assertEquals(3, run.history().get(0).step());
  }

  @Test
  void givesUpWhatMustBeAndGoesOnWithThatChoice() throws IOException {
    AtomicReference<FineTuning> job = new AtomicReference<>();
    TrainingListener stopping =
        new TrainingListener() {
          @Override
          public void stepped(Step step) {
            if (step.step() == 2) {
              job.get().cancel();
            }
          }
        };
    HyperRule rule = slow();
    Duration time = Duration.ofMinutes(1);
    Set<Change> possible = EnumSet.of(Change.BACKBONE);
    job.set(run(rule).within(time).mayGiveUp(possible).listener(stopping).build());
    assertThrows(CancellationException.class, () -> job.get().call());
    assertEquals(List.of("backbone"), givenUp());
    AtomicReference<Plan> plan = new AtomicReference<>();
    TrainingListener planned =
        new TrainingListener() {
          @Override
          public void planned(Plan p) {
            plan.set(p);
          }
        };
    // Nothing can be given up now, so a choice that was made anew would find nothing that fits.
    run(rule).within(time).mayGiveUp(Set.of()).resume(true).listener(planned).build().call();
    assertTrue(
        plan.get().notes().contains("to be done within 1 min: frozen backbone"),
        plan.get().toString());
    assertEquals(List.of("backbone"), givenUp());
  }

  private List<String> givenUp() throws IOException {
    JsonObject training = RunFiles.readSettings(dir.resolve("run")).getAsJsonObject("training");
    JsonArray changes = training.getAsJsonArray("given_up");
    assertTrue(training.get("within_seconds").getAsLong() > 0);
    return changes.asList().stream().map(c -> c.getAsString()).toList();
  }

  @Test
  void refusesATimeThatNothingFitsInto() throws IOException {
    FineTuning job =
        run(slow()).within(Duration.ofMillis(10)).mayGiveUp(Set.of(Change.BACKBONE)).build();
    TrainingException e = assertThrows(TrainingException.class, job::call);
    assertTrue(e.problem().found().matches("about .* for the shortest"), e.getMessage());
    assertFalse(Files.exists(dir.resolve("run")));
  }
}
