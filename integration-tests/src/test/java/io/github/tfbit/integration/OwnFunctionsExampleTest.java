package io.github.tfbit.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.tfbit.BitModel;
import io.github.tfbit.HyperRule;
import io.github.tfbit.Run;
import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.converters.Layout;
import io.github.tfbit.data.ImageDatasets;
import io.github.tfbit.data.ImageSource;
import io.github.tfbit.integration.cli.Cli;
import io.github.tfbit.integration.cli.Fixtures;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnFunctionsExampleTest {
  @TempDir private Path dir;

  @Test
  void trainsAndAnswersInJavaAndIsRefusedByTheCommands() throws Exception {
    Path photos = Fixtures.data(dir);
    Architecture tiny = Fixtures.TINY;
    HyperRule rule =
        HyperRule.of(ImageDatasets.survey(ImageDatasets.open(photos, 0.1, 0).train()), tiny)
            .toBuilder()
            .steps(2)
            .batch(6)
            .resize(40)
            .crop(32)
            .build();
    Path picture = Fixtures.picture(dir.resolve("one.png"), 1, 1);
    try (Checkpoint upstream = Layout.open(Fixtures.model(dir))) {
      Run run = OwnFunctionsExample.train(upstream, rule, photos, dir.resolve("own"));
      assertEquals("sharper", run.ownHead().orElseThrow());
      try (BitModel model =
          BitModel.builder(run.directory()).head(OwnFunctionsExample.SHARPER).build()) {
        assertEquals(run.labels().size(), model.classify(ImageSource.of(picture)).top().size());
      }
      Cli.run("predict", "--model", run.directory(), picture)
          .failed("one of the user's own, called sharper");
    }
  }
}
