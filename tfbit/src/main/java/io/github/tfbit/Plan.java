package io.github.tfbit;

import io.github.tfbit.image.Augmentation;
import io.github.tfbit.plan.MemoryEstimate;
import io.github.tfbit.plan.Quantities;
import java.util.List;
import java.util.Locale;

/**
 * What a run will do, before it does it.
 *
 * @param steps of the run
 * @param batch pictures a step
 * @param microBatch pictures at a time; divides {@code batch}
 * @param augmentation of the training pictures; evaluation resizes to the crop's side
 * @param memory what the process will hold at most
 * @param notes what deserves to be said: what was decided and why, one sentence each
 */
public record Plan(
    int steps,
    int batch,
    int microBatch,
    Augmentation augmentation,
    MemoryEstimate memory,
    List<String> notes) {
  /** Copies the notes. */
  public Plan {
    notes = List.copyOf(notes);
  }

  /** One line for a person. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%,d steps of %d pictures (%d x %d), resize %d, crop %d, about %s of memory%s",
        steps,
        batch,
        batch / microBatch,
        microBatch,
        augmentation.resize(),
        augmentation.crop(),
        Quantities.bytes(memory.total()),
        notes.isEmpty() ? "" : "; " + String.join("; ", notes));
  }
}
