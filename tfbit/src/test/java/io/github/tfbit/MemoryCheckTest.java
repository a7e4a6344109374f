package io.github.tfbit;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.data.ImageDataset;
import io.github.tfbit.data.ImageDatasets;
import io.github.tfbit.graph.InitialWeights;
import io.github.tfbit.plan.MachineMemory;
import io.github.tfbit.plan.MemoryEstimate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryCheckTest {
  private static final Architecture R50 = Architecture.named("R50x1");

  @TempDir private Path dir;
  private final ImageDataset pictures = Drawn.dataset(6, 2);

  private TrainingJob job(int batch, int side, int split) throws IOException {
    HyperRule rule =
        HyperRule.of(ImageDatasets.survey(pictures), R50).toBuilder()
            .batch(batch)
            .resize(side)
            .crop(side)
            .build();
    FineTuning.Builder builder =
        FineTuning.from(InitialWeights.of(R50, 3, 0), pictures)
            .run(dir.resolve("run"))
            .batchSplit(split);
    Recipe recipe = new Recipe(rule.schedule(), batch, rule.augmentation(), 0, 0);
    return new TrainingJob(
        builder,
        TrainingJob.Kind.FINE_TUNING,
        InitialWeights.of(R50, 3, 0),
        R50,
        recipe,
        Optional.empty(),
        Optional.empty());
  }

  private static Problem refusal(TrainingJob job, long capacity) {
    MachineMemory machine = new MachineMemory(capacity, capacity, "this container");
    return assertThrows(
            TrainingException.class, () -> MemoryCheck.require(job, job.plan(), machine))
        .problem();
  }

  @Test
  void namesTheSplitThatFits() throws IOException {
    Problem problem = refusal(job(64, 224, 1), 5_000_000_000L);
    assertEquals("5.0 GB, all that this container has", problem.found());
    assertEquals("64 pictures of 224 px at a time in R50x1", problem.where());
    long with = MemoryEstimate.of(R50, 3, 224, 16, true).total();
    assertTrue(with <= 5_000_000_000L);
    assertTrue(MemoryEstimate.of(R50, 3, 224, 32, true).total() > 5_000_000_000L);
    assertTrue(problem.remedy().startsWith("--batch-split 4 fits: it needs "), problem.remedy());
    MachineMemory enough = new MachineMemory(5_000_000_000L, 0, "this machine");
    TrainingJob split = job(64, 224, 4);
    assertDoesNotThrow(() -> MemoryCheck.require(split, split.plan(), enough));
  }

  @Test
  void namesTheSizeThatFitsIfNoSplitDoes() throws IOException {
    Problem problem = refusal(job(4, 1024, 4), 3_000_000_000L);
    assertTrue(problem.remedy().matches("--crop \\d+ fits: it needs .*"), problem.remedy());
  }

  @Test
  void saysSoIfNothingFits() throws IOException {
    Problem problem = refusal(job(4, 224, 1), 1_000_000_000L);
    assertEquals("choose a smaller network, or a machine with more memory", problem.remedy());
  }

  @Test
  void refusesBeforeAnythingIsWritten() throws IOException {
    TrainingJob job = job(1 << 20, 224, 1);
    assertThrows(TrainingException.class, job::call);
    assertFalse(Files.exists(dir.resolve("run")));
  }
}
