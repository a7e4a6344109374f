package io.github.tfbit.cli.command;

import io.github.tfbit.TrainingBuilder;
import io.github.tfbit.cli.console.Text;
import io.github.tfbit.cli.options.CheckOptions;
import io.github.tfbit.cli.options.DataOption;
import io.github.tfbit.cli.options.PictureOptions;
import io.github.tfbit.cli.options.RuntimeOptions;
import io.github.tfbit.data.ImageDataset;
import io.github.tfbit.data.ImageDatasets;
import io.github.tfbit.survey.CheckResult;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The pictures of a training, looked at before it: the survey is said, and bad ones are refused or
 * left out. The set is fixed here, so that the order of a run stays a function of set and seed.
 *
 * @param split what is left
 * @param checked whether every picture was decoded
 */
record TrainingData(ImageDatasets.Split split, boolean checked) {
  private static final String TRAIN = "train";
  private static final String HELD_OUT = "held out";

  /** Looks at pictures, as options say. */
  static TrainingData look(
      Session session,
      ImageDatasets.Split found,
      DataOption data,
      PictureOptions pictures,
      CheckOptions check,
      RuntimeOptions runtime)
      throws IOException {
    Map<String, ImageDataset> parts = new LinkedHashMap<>();
    parts.put(TRAIN, found.train());
    if (found.heldOut().size() > 0) {
      parts.put(HELD_OUT, found.heldOut());
    }
    Surveying surveying = new Surveying(session, parts);
    SurveyText.lines(surveying.headers(CheckOptions.threads(runtime.threads())))
        .forEach(session.console()::say);
    int all = parts.values().stream().mapToInt(ImageDataset::size).sum();
    if (!pictures.skipBad() && !check.full(all)) {
      return new TrainingData(found, false);
    }
    CheckResult result =
        surveying.check(check.settings(data.name(), pictures.decoding(), runtime.threads()));
    if (!pictures.skipBad()) {
      result.requireGood();
    }
    SurveyText.warnings(result).forEach(session.console()::say);
    if (result.bad().isEmpty()) {
      return new TrainingData(found, true);
    }
    session
        .console()
        .say(
            Text.of(
                "note: goes on without %s that cannot be decoded",
                Text.count(result.bad().size(), "picture", "pictures")));
    ImageDataset train = result.good(TRAIN, found.train());
    ImageDataset heldOut = result.good(HELD_OUT, found.heldOut());
    return new TrainingData(new ImageDatasets.Split(train, heldOut), true);
  }

  /** Carries over what the training is to know of it. */
  <B extends TrainingBuilder<B>> B apply(B job, PictureOptions pictures) {
    return job.decoding(pictures.decoding()).checked(checked);
  }
}
