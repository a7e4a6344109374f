package io.github.tfbit.integration;

import io.github.tfbit.BitModel;
import io.github.tfbit.FineTuning;
import io.github.tfbit.HyperRule;
import io.github.tfbit.Prediction;
import io.github.tfbit.Run;
import io.github.tfbit.SavedModelExport;
import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.converters.Layout;
import io.github.tfbit.converters.PublishedModel;
import io.github.tfbit.data.ImageDatasets;
import io.github.tfbit.data.ImageSource;
import io.github.tfbit.evaluate.Evaluation;
import java.io.IOException;
import java.nio.file.Path;

/** The example that the README quotes, between the two marks. */
final class ReadmeExample {
  private ReadmeExample() {}

  static Prediction.Ranked fineTuneAndServe(
      Path bit, Path photos, Path runs, Path models, Path shoe, int steps) throws IOException {
    // README begins
    ImageDatasets.Split data = ImageDatasets.holdOut(ImageDatasets.folder(photos), 0.1, 0);
    Run run;
    try (Checkpoint upstream = Layout.open(bit)) {
      HyperRule rule =
          HyperRule.of(
              ImageDatasets.survey(data.train()), PublishedModel.of(upstream).architecture());
      run =
          FineTuning.from(upstream, data.train())
              .validation(data.heldOut())
              .hyperRule(rule.toBuilder().steps(steps).batch(16).resize(64).crop(56).build())
              .run(runs)
              .build()
              .call();
    }
    SavedModelExport.of(run.directory()).build().writeTo(models); // for TensorFlow Serving

    try (BitModel model = BitModel.open(run.directory())) { // thread-safe, one for the process
      Evaluation evaluation = model.evaluate(data.heldOut());
      System.getLogger("example").log(System.Logger.Level.DEBUG, evaluation.top1());
      return model.classify(ImageSource.of(shoe));
    }
    // README ends
  }
}
