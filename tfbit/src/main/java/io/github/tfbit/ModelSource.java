package io.github.tfbit;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.converters.Activation;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.converters.Layout;
import io.github.tfbit.data.ImageSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where a model comes from; nothing is read before it is opened. */
interface ModelSource {
  /**
   * Opens the weights.
   *
   * @return to be closed; weights that were handed in as such stay open
   * @throws IOException if they cannot be read
   */
  Opened open() throws IOException;

  /** A file of a published layout, or a finished run's directory. */
  static ModelSource of(Path model) {
    return () -> Files.isDirectory(model) ? run(Run.open(model)) : bare(Layout.open(model), true);
  }

  private static Opened run(Run run) throws IOException {
    Recorded recorded =
        new Recorded(
            Optional.of(run.architecture()),
            Optional.of(run.head().activation()),
            Optional.of(run.labels()),
            Optional.of(ImageSize.square(run.side())));
    return new Opened(run.weights(), true, recorded);
  }

  /** Weights from anywhere. */
  static ModelSource of(Checkpoint weights) {
    return () -> bare(weights, false);
  }

  private static Opened bare(Checkpoint weights, boolean owned) {
    return new Opened(weights, owned, Recorded.NOTHING);
  }

  /** What travels beside the weights, where something does. */
  record Recorded(
      Optional<Architecture> architecture,
      Optional<Activation> activation,
      Optional<Labels> labels,
      Optional<ImageSize> size) {
    static final Recorded NOTHING =
        new Recorded(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** Open weights, and what is known about them. */
  record Opened(Checkpoint weights, boolean owned, Recorded recorded) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      if (owned) {
        weights.close();
      }
    }
  }
}
