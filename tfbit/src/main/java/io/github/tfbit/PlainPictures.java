package io.github.tfbit;

import io.github.tfbit.data.ImageDataset;
import io.github.tfbit.train.MicroBatch;
import io.github.tfbit.train.MicroBatches;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Looks at pictures before a run, so that a bad one is refused then and not after the last step.
 */
final class PlainPictures {
  /** Training sets up to this size are decoded once before the first step: seconds of work. */
  private static final int CHECKED = 2_000;

  private PlainPictures() {}

  /** How many are looked at. */
  static int count(TrainingJob job) {
    return parts(job).stream().mapToInt(ImageDataset::size).sum();
  }

  private static List<ImageDataset> parts(TrainingJob job) {
    ImageDataset train = job.settings().train;
    Optional<ImageDataset> heldOut = job.heldOut();
    return train.size() > CHECKED
        ? heldOut.stream().toList()
        : heldOut.map(h -> List.of(train, h)).orElse(List.of(train));
  }

  /** Decodes what is held out, and the pictures to learn from unless there are too many. */
  static void check(TrainingJob job, RunInputs inputs, int microBatch)
      throws IOException, InterruptedException {
    for (ImageDataset part : parts(job)) {
      try (MicroBatches pictures = inputs.once(part, microBatch)) {
        Optional<MicroBatch> next = pictures.next();
        while (next.isPresent()) {
          next.get().close();
          job.checkCancelled();
          next = pictures.next();
        }
      }
    }
  }
}
