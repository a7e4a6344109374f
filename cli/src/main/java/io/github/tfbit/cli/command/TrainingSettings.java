package io.github.tfbit.cli.command;

import io.github.tfbit.TrainingBuilder;
import io.github.tfbit.cli.options.RuntimeOptions;
import io.github.tfbit.cli.options.TrainingOptions;
import io.github.tfbit.data.ImageDataset;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/** Carries options over to what fine-tuning and pre-training share. */
final class TrainingSettings {
  private TrainingSettings() {}

  /** Applies the options. */
  static <B extends TrainingBuilder<B>> B apply(
      B job, TrainingOptions training, RuntimeOptions runtime, ImageDataset heldOut) {
    if (heldOut.size() > 0) {
      job.validation(heldOut);
    }
    return job.run(training.out())
        .seed(runtime.seed())
        .session(runtime.session())
        .batchSplit(training.batchSplit())
        .evaluateEvery(training.evalEvery());
  }

  /** The command line as it was typed, for the run's records. */
  static String typed(CommandSpec spec) {
    return "tfbit "
        + spec.root().commandLine().getParseResult().originalArgs().stream()
            .map(a -> a.matches("[\\w./:@%+=,-]+") ? a : "'" + a.replace("'", "'\\''") + "'")
            .collect(Collectors.joining(" "));
  }
}
