package io.github.tfbit;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.CheckpointException;
import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.converters.Activation;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.converters.ModelFile;
import io.github.tfbit.data.ImageSize;
import io.github.tfbit.image.Decoding;
import java.io.Closeable;
import java.io.IOException;
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

  /** A file or directory of a published form, or a finished run's directory. */
  static ModelSource of(Path model) {
    return () -> Run.isRun(model) ? run(Run.open(model)) : file(model);
  }

  private static Opened file(Path model) throws IOException {
    ModelFile file = ModelFile.open(model);
    try {
      Labels labels = Labels.of(file);
      Recorded recorded =
          new Recorded(
              Optional.empty(),
              Optional.of(labels),
              ExportProvenance.size(model),
              Optional.empty(),
              new RecordedHead(
                  file.facts().activation(), Optional.empty(), Thresholds.find(model, labels)),
              Optional.empty());
      return new Opened(file.weights(), file, recorded);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static Opened run(Run run) throws IOException {
    Recorded recorded =
        new Recorded(
            Optional.of(run.architecture()),
            Optional.of(run.labels()),
            Optional.of(ImageSize.square(run.side())),
            Optional.of(run.decoding()),
            new RecordedHead(Optional.of(run.head().activation()), run.ownHead(), run.thresholds()),
            run.typicalPicture());
    Checkpoint weights = run.weights();
    return new Opened(weights, weights, recorded);
  }

  /** Weights from anywhere. */
  static ModelSource of(Checkpoint weights) {
    return () -> new Opened(weights, () -> {}, Recorded.NOTHING);
  }

  /**
   * What is known of a head beside its weights.
   *
   * @param activation how logits become probabilities
   * @param own name of the user's function, if it is no published head
   * @param thresholds of its labels
   */
  record RecordedHead(
      Optional<Activation> activation, Optional<String> own, Optional<Thresholds> thresholds) {}

  /** What travels beside the weights, where something does. */
  record Recorded(
      Optional<Architecture> architecture,
      Optional<Labels> labels,
      Optional<ImageSize> size,
      Optional<Decoding> decoding,
      RecordedHead head,
      Optional<ImageSize> typicalPicture) {
    static final Recorded NOTHING =
        new Recorded(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            new RecordedHead(Optional.empty(), Optional.empty(), Optional.empty()),
            Optional.empty());

    /** Refuses a head that is not the published one where nobody has said which it is. */
    void requireHead(boolean given, String remedy) throws CheckpointException {
      if (head.own().isPresent() && !given) {
        throw new CheckpointException.Mismatch(
            new Problem(
                "a head that is a product of matrices, as published ones are",
                "one of the user's own, called " + head.own().get(),
                "the run",
                remedy));
      }
    }
  }

  /** Open weights, what closes them, and what is known about them. */
  record Opened(Checkpoint weights, Closeable owner, Recorded recorded) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      owner.close();
    }
  }
}
