package io.github.tfbit.cli.command;

import io.github.tfbit.Labels;
import io.github.tfbit.Run;
import io.github.tfbit.SavedModelExport;
import io.github.tfbit.Thresholds;
import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.CheckpointException;
import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.cli.options.ModelArgument;
import io.github.tfbit.converters.Activation;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.converters.Head;
import io.github.tfbit.converters.InputRange;
import io.github.tfbit.converters.ModelFile;
import io.github.tfbit.converters.catalogue.Catalogue;
import io.github.tfbit.converters.catalogue.Entry;
import io.github.tfbit.data.ImageSize;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A model's weights and what they are, without TensorFlow: those of a file of any form, or those
 * that a run ended with.
 *
 * @param file that holds the weights, open until this is closed
 * @param run that they are the result of
 * @param entry of the catalogue that it was named by
 * @param labels as the run, the file or the catalogue has them, else as far as they can be told
 * @param recorded what is written beside the weights
 */
public record Upstream(
    ModelFile file, Optional<Run> run, Optional<Entry> entry, Labels labels, Recorded recorded)
    implements AutoCloseable {
  /**
   * What is written beside the weights.
   *
   * @param thresholds from which labels of a sigmoid head count as there, where they are stored
   * @param size that pictures are resized to, where something says so
   * @param typicalPicture median size of the pictures that a run learned from
   */
  public record Recorded(
      Optional<Thresholds> thresholds,
      Optional<ImageSize> size,
      Optional<ImageSize> typicalPicture) {}

  /**
   * Opens a model.
   *
   * @param model a file or directory of any form, or a finished run
   * @return its weights, to be closed
   * @throws IOException if it is no model
   */
  public static Upstream open(ModelArgument model) throws IOException {
    Optional<Run> run = Run.isRun(model.path()) ? Optional.of(run(model)) : Optional.empty();
    ModelFile file = ModelFile.open(run.map(Run::weightsFile).orElse(model.path()));
    try {
      Optional<Entry> entry = entry(model);
      Labels labels = run.isPresent() ? run.get().labels() : labels(file, entry);
      Recorded recorded =
          run.isPresent()
              ? new Recorded(
                  run.get().thresholds(),
                  Optional.of(ImageSize.square(run.get().side())),
                  run.get().typicalPicture())
              : new Recorded(
                  Thresholds.find(model.path(), labels),
                  SavedModelExport.sizeOf(model.path())
                      .or(() -> entry.flatMap(Entry::fineTunedAt).map(ImageSize::square)),
                  Optional.empty());
      return new Upstream(file, run, entry, labels, recorded);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static Run run(ModelArgument model) throws IOException {
    Run run = model.best() ? Run.openBest(model.path()) : Run.open(model.path());
    if (run.ownHead().isPresent()) {
      throw new CheckpointException.Mismatch(
          new Problem(
              "a head that is a product of matrices, as published ones are",
              "one of the user's own, called " + run.ownHead().get(),
              model.name(),
              "answer from Java, with BitModel.Builder.head"));
    }
    return run;
  }

  /** A path says nothing of what it holds; a name of the catalogue does. */
  private static Optional<Entry> entry(ModelArgument model) {
    boolean named = !model.path().toString().equals(model.name());
    return named ? Catalogue.published().find(model.name()) : Optional.empty();
  }

  private static Labels labels(ModelFile file, Optional<Entry> entry) throws IOException {
    Labels own = Labels.of(file);
    return entry
        .flatMap(Entry::labels)
        .filter(set -> own.knowledge() != Labels.Knowledge.KNOWN && set.size() == own.size())
        .map(Labels::of)
        .orElse(own);
  }

  /**
   * Where the weights lie.
   *
   * @return the path of the file or directory
   */
  public Path path() {
    return file.path();
  }

  /**
   * The weights.
   *
   * @return under the published names, float32; open until this is closed
   */
  public Checkpoint weights() {
    return file.weights();
  }

  /**
   * The network.
   *
   * @return as the run recorded it, or as the tensors' shapes say
   */
  public Architecture architecture() {
    return run.map(Run::architecture).orElse(file.published().architecture());
  }

  /**
   * The head.
   *
   * @return its activation as the run, the file or the catalogue has it, else as published heads of
   *     as many classes; empty for a backbone alone
   */
  public Optional<Head> head() {
    if (run.isPresent() || file.facts().activation().isPresent()) {
      return run.map(Run::head).or(file::head);
    }
    Optional<Activation> published = entry.flatMap(Entry::head).map(Head::activation);
    return file.head().map(h -> new Head(h.classes(), published.orElse(h.activation())));
  }

  /**
   * The values that the model wants pictures in when its own runtime runs it.
   *
   * @return as the catalogue says, or as the file does
   */
  public InputRange inputRange() {
    return entry.flatMap(Entry::inputRange).orElse(file.inputRange());
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
