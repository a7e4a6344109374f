package io.github.tfbit.cli.command;

import io.github.tfbit.Run;
import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.cli.options.ModelArgument;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.converters.Head;
import io.github.tfbit.converters.Layout;
import io.github.tfbit.converters.PublishedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A model's weights and what they are, without TensorFlow: those of a file, or those that a run
 * ended with.
 *
 * @param file that holds the weights
 * @param weights open until this is closed
 * @param architecture as the run recorded it, or as the tensors' shapes say
 * @param head empty for a backbone alone
 */
record Upstream(Path file, Checkpoint weights, Architecture architecture, Optional<Head> head)
    implements AutoCloseable {
  /**
   * Opens a model.
   *
   * @param model a file or a finished run
   * @return its weights, to be closed
   * @throws IOException if it is no model
   */
  static Upstream open(ModelArgument model) throws IOException {
    if (Files.isDirectory(model.path())) {
      Run run = Run.open(model.path());
      return new Upstream(
          run.weightsFile(), run.weights(), run.architecture(), Optional.of(run.head()));
    }
    Checkpoint weights = Layout.open(model.path());
    try {
      PublishedModel published = PublishedModel.of(weights);
      return new Upstream(model.path(), weights, published.architecture(), published.head());
    } catch (IOException | RuntimeException e) {
      weights.close();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    weights.close();
  }
}
