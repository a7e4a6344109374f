package io.github.tfbit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.data.DataException;
import io.github.tfbit.data.ImageDataset;
import io.github.tfbit.data.ImageDatasets;
import io.github.tfbit.fewshot.FewShotResult;
import io.github.tfbit.fewshot.Method;
import io.github.tfbit.fewshot.Shots;
import io.github.tfbit.fewshot.Trial;
import io.github.tfbit.graph.InitialWeights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FewShotTest {
  private static final Architecture TINY = new Architecture(List.of(1, 1, 1, 1), 8, 4);

  @TempDir private Path dir;
  private final Checkpoint upstream = InitialWeights.of(TINY, 0, 3);
  private final ImageDataset train = Drawn.dataset(24, 2);
  private final ImageDataset test = Drawn.dataset(21, 7);
  private final List<String> steps = new ArrayList<>();

  private FewShot.Builder experiment() {
    return FewShot.from(upstream, train, test)
        .architecture(TINY)
        .shots(List.of(Shots.FULL, Shots.of(2)))
        .subsets(2)
        .seed(5)
        .hyperRule(rule -> rule.steps(6).batch(12).rate(0.05).resize(32).crop(32))
        .featureCache(dir.resolve("features"))
        .listener(
            new FewShot.Listener() {
              @Override
              public void stepped(int step, int of, double loss) {
                steps.add(step + "/" + of);
              }
            });
  }

  /** A later trial on the graph that earlier ones have used is as if it were the first. */
  @Test
  void everyTrialIsTheFineTuningOfItsSubset() throws IOException {
    FewShotResult result = experiment().build().call();
    assertEquals(
        List.of("2 0 6", "2 1 6", "full 0 6"),
        result.trials().stream().map(t -> t.shots() + " " + t.subset() + " " + t.steps()).toList());
    assertEquals(18, steps.size());
    Trial last = result.trials().get(2);
    FineTuning alone =
        FineTuning.from(upstream, train)
            .architecture(TINY)
            .hyperRule(experiment().build().rule(Shots.FULL))
            .validation(test)
            .seed(io.github.tfbit.data.Hashes.mix(5, 0))
            .run(dir.resolve("run"))
            .build();
    assertEquals(alone.call().history().get(0).top1(), last.accuracy());
  }

  @Test
  void everyMethodGivesTheSameEachTime() throws IOException {
    FewShot.Builder all =
        experiment().methods(List.of(Method.SCRATCH, Method.FROZEN, Method.PROBE));
    FewShotResult first = all.build().call();
    assertEquals(9, first.trials().size());
    assertEquals(first.csv(), all.build().call().csv());
    for (Method m : first.methods()) {
      assertTrue(first.median(m, Shots.FULL).orElseThrow() > 0.3, first::csv);
    }
  }

  @Test
  void refusesBeforeTheFirstTrainingWhatItHasTooFewPicturesFor() throws IOException {
    FewShot few = experiment().shots(List.of(Shots.of(1), Shots.of(9))).build();
    DataException e = assertThrows(DataException.class, few::call);
    assertTrue(e.problem().found().contains(" has 8, 9 asked"), e.problem().found());
    assertEquals(List.of(), steps);
  }

  @Test
  void refusesToJudgeByNothing() {
    FewShot.Builder none =
        FewShot.from(upstream, train, ImageDatasets.subset(test, new int[0])).architecture(TINY);
    assertThrows(DataException.class, none::build);
  }

  @Test
  void canBeCancelled() throws IOException {
    List<FewShot> running = new ArrayList<>();
    running.add(
        experiment()
            .listener(
                new FewShot.Listener() {
                  @Override
                  public void tried(Trial trial, int done, int of) {
                    assertEquals(1, done);
                    assertEquals(3, of);
                    running.get(0).cancel();
                  }
                })
            .build());
    assertThrows(CancellationException.class, running.get(0)::call);
  }
}
