package io.github.tfbit;

import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.plan.MachineMemory;
import io.github.tfbit.plan.MemoryEstimate;
import io.github.tfbit.plan.Quantities;
import java.util.Locale;

/** Refuses a run that the machine's memory cannot hold, before the kernel kills it. */
final class MemoryCheck {
  private static final int CROP_STEP = 32;

  private MemoryCheck() {}

  static void require(TrainingJob job, Plan plan, MachineMemory machine) throws TrainingException {
    if (!machine.holds(plan.memory().total())) {
      throw new TrainingException(
          new Problem(
              Quantities.bytes(plan.memory().total()) + " of memory, by estimate",
              Quantities.bytes(machine.capacity()) + ", all that " + machine.owner() + " has",
              where(job, plan),
              remedy(job, plan, machine)));
    }
  }

  private static String where(TrainingJob job, Plan plan) {
    int side = plan.augmentation().crop();
    return String.format(
        Locale.ROOT,
        "%,d pictures of %d px at a time in %s",
        job.atATime(plan.microBatch(), side),
        side,
        job.architecture().name());
  }

  /** The number that would fit. */
  private static String remedy(TrainingJob job, Plan plan, MachineMemory machine) {
    int side = plan.augmentation().crop();
    boolean splits = plan.microBatch() > 1 && job.atATime(1, side) == 1;
    for (int parts = 2; splits && parts <= plan.batch(); parts++) {
      MemoryEstimate need = job.memory(plan.batch() / parts, side);
      if (plan.batch() % parts == 0 && machine.holdsNow(need.total())) {
        return "--batch-split "
            + parts
            + " fits: it needs "
            + Quantities.bytes(need.total())
            + " and learns the same";
      }
    }
    for (int crop = (side - 1) / CROP_STEP * CROP_STEP; crop > 0; crop -= CROP_STEP) {
      MemoryEstimate need = job.memory(1, crop);
      if (machine.holdsNow(need.total())) {
        return "--crop "
            + crop
            + (splits ? " with --batch-split " + plan.batch() : "")
            + " fits: it needs "
            + Quantities.bytes(need.total());
      }
    }
    return "choose a smaller network, or a machine with more memory";
  }
}
