package io.github.tfbit.cli.command;

import io.github.tfbit.cli.console.Progress;
import io.github.tfbit.data.ImageDataset;
import io.github.tfbit.survey.CheckResult;
import io.github.tfbit.survey.DataSurvey;
import io.github.tfbit.survey.PictureCheck;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.LongConsumer;

/** Looks at data before it is used, with a line of progress. */
final class Surveying {
  private final Session session;
  private final Map<String, ImageDataset> splits;
  private final long pictures;

  /** Of parts by name. */
  Surveying(Session session, Map<String, ImageDataset> splits) {
    this.session = session;
    this.splits = splits;
    pictures = splits.values().stream().mapToLong(ImageDataset::size).sum();
  }

  DataSurvey headers(int threads) throws IOException {
    try (Progress progress = new Progress(session.console(), "headers", pictures)) {
      return DataSurvey.of(splits, threads, counting(progress));
    }
  }

  CheckResult check(PictureCheck.Settings settings) throws IOException {
    try (Progress progress = new Progress(session.console(), "pictures checked", pictures)) {
      return PictureCheck.of(splits, settings, counting(progress));
    }
  }

  private LongConsumer counting(Progress progress) {
    long[] done = {0};
    return more -> {
      if (session.interrupts().interrupted()) {
        throw new CancellationException("interrupted by the user");
      }
      done[0] = Math.min(pictures, done[0] + more);
      if (pictures > PictureCheck.UNASKED) {
        progress.report(done[0], "");
      }
    };
  }
}
