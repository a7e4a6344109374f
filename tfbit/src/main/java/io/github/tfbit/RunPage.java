package io.github.tfbit;

import io.github.tfbit.checkpoints.AtomicFile;
import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.Existing;
import io.github.tfbit.converters.ContentId;
import io.github.tfbit.converters.Head;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The report that a run leaves. It is written before the weights, so that a run that has these has
 * that too; a report that cannot be written is no reason to lose a run.
 */
final class RunPage {
  private RunPage() {}

  /** Writes it. */
  static void write(TrainingJob job, Checkpoint weights, Optional<HeldOut.Judged> judged) {
    try {
      Path directory = job.settings().directory();
      List<String> classes = job.settings().train.classes();
      HtmlReport report =
          HtmlReport.of(
              directory,
              Optional.of(ContentId.of(weights).id()),
              new Head(job.classes(), job.settings().loss),
              job.settings().decoding);
      judged.ifPresent(
          j ->
              report
                  .evaluation(j.evaluation(), classes)
                  .mistakes(j.worst(), job.heldOut().orElseThrow(), classes));
      write(directory, report);
    } catch (IOException | RuntimeException e) {
      failed(e);
    }
  }

  /** Writes what a finished run's files allow, if it has no report. */
  static void complete(Run run) {
    if (!Files.exists(run.directory().resolve(RunFiles.REPORT))) {
      try {
        write(run.directory(), HtmlReport.of(run));
      } catch (IOException | RuntimeException e) {
        failed(e);
      }
    }
  }

  private static void write(Path directory, HtmlReport report) throws IOException {
    Path file = directory.resolve(RunFiles.REPORT);
    AtomicFile.deleteAbandoned(file);
    report.write(file, Existing.REPLACE);
  }

  private static void failed(Exception e) {
    System.getLogger(RunPage.class.getName())
        .log(System.Logger.Level.WARNING, "the run has no " + RunFiles.REPORT + ": " + e);
  }
}
