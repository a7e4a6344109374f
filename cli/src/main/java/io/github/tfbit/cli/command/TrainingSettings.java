package io.github.tfbit.cli.command;

import com.google.gson.JsonObject;
import io.github.tfbit.Run;
import io.github.tfbit.TrainingBuilder;
import io.github.tfbit.checkpoints.Existing;
import io.github.tfbit.cli.console.Console;
import io.github.tfbit.cli.options.OutputOption;
import io.github.tfbit.cli.options.RuntimeOptions;
import io.github.tfbit.cli.options.TrainingOptions;
import io.github.tfbit.data.ImageDataset;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Carries options over to what fine-tuning and pre-training share. */
final class TrainingSettings {
  private TrainingSettings() {}

  /** Applies the options. */
  static <B extends TrainingBuilder<B>> B apply(
      B job, TrainingOptions training, RuntimeOptions runtime, ImageDataset heldOut) {
    if (heldOut.size() > 0) {
      job.validation(heldOut);
    }
    if (training.saveEvery() > 0) {
      job.saveEvery(training.saveEvery());
    }
    return job.run(training.out())
        .resume(training.resume())
        .seed(runtime.seed())
        .session(runtime.session())
        .batchSplit(training.batchSplit())
        .loss(training.loss())
        .classWeights(training.classWeights())
        .evaluateEvery(training.evalEvery());
  }

  /** Refuses what contradicts itself. */
  static void requireConsistent(CommandSpec spec, TrainingOptions training, OutputOption output) {
    if (training.resume() && output.existing() == Existing.REPLACE) {
      throw new ParameterException(
          spec.commandLine(), "expected --resume or --force, found both: go on, or start anew?");
    }
  }

  /**
   * Whether the run that is asked for is there already, which is then said.
   *
   * @return true if there is nothing left to do
   */
  static boolean finished(Console console, TrainingOptions training, boolean json)
      throws IOException {
    if (!training.resume() || !Run.isFinished(training.out())) {
      return false;
    }
    Run run = Run.openFinished(training.out());
    console.say(training.out() + " is finished: nothing is left to do");
    if (json) {
      JsonObject result = new JsonObject();
      result.addProperty("run", training.out().toString());
      result.addProperty("finished", true);
      List<Run.Report> history = run.history();
      if (!history.isEmpty()) {
        result.addProperty("top1", history.get(history.size() - 1).top1());
      }
      console.result(result);
    }
    return true;
  }

  /**
   * Ends a run after its step when the user interrupts, and says so.
   *
   * @param cancel ends it
   */
  static void cancelOnInterrupt(Session session, Runnable cancel) {
    session
        .interrupts()
        .onInterruptEndItself(
            () -> {
              session
                  .console()
                  .say("interrupted: saving after this step; Ctrl-C again ends at once");
              cancel.run();
            });
  }

  /** The command line as it was typed, for the run's records. */
  static String typed(CommandSpec spec) {
    return "tfbit "
        + spec.root().commandLine().getParseResult().originalArgs().stream()
            .map(a -> a.matches("[\\w./:@%+=,-]+") ? a : "'" + a.replace("'", "'\\''") + "'")
            .collect(Collectors.joining(" "));
  }
}
