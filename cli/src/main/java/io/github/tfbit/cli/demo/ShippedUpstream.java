package io.github.tfbit.cli.demo;

import io.github.tfbit.Run;
import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.checkpoints.TemporaryDirectory;
import io.github.tfbit.cli.console.Failure;
import io.github.tfbit.cli.options.ShippedModels;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.converters.Layout;
import io.github.tfbit.converters.PublishedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The small model that the command carries, opened. Owns its file. */
final class ShippedUpstream implements AutoCloseable {
  private final TemporaryDirectory directory;
  private final Checkpoint weights;
  private final Architecture architecture;

  private ShippedUpstream(
      TemporaryDirectory directory, Checkpoint weights, Architecture architecture) {
    this.directory = directory;
    this.weights = weights;
    this.architecture = architecture;
  }

  static ShippedUpstream open() throws IOException, Failure {
    if (ShippedModels.names().isEmpty()) {
      throw new Failure(
          new Problem(
              "the small model " + ShippedModels.SMALL + " among the command's resources",
              "none",
              "the jar of tfbit-cli",
              "build tfbit again from a whole checkout"));
    }
    TemporaryDirectory directory = TemporaryDirectory.create();
    try {
      Path model = ShippedModels.extract(ShippedModels.SMALL, directory.path());
      if (Files.isDirectory(model)) {
        Run run = Run.open(model);
        return new ShippedUpstream(directory, run.weights(), run.architecture());
      }
      Checkpoint weights = Layout.open(model);
      return new ShippedUpstream(directory, weights, PublishedModel.of(weights).architecture());
    } catch (IOException | RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  Checkpoint weights() {
    return weights;
  }

  Architecture architecture() {
    return architecture;
  }

  @Override
  public void close() throws IOException {
    weights.close();
    directory.close();
  }
}
