package io.github.tfbit;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.converters.Activation;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.converters.Head;
import io.github.tfbit.converters.PublishedModel;
import io.github.tfbit.data.ImageSize;
import io.github.tfbit.export.ServingSettings;
import io.github.tfbit.image.Decoding;
import java.io.IOException;
import java.util.Optional;

/**
 * What a model is, besides its weights: read from them, recorded beside them, or told.
 *
 * @param architecture the weights fit it
 * @param head empty for a model that only makes features
 * @param labels one per class
 * @param size that pictures are resized to
 * @param answers how logits are put into words
 * @param decoding what a file's pixels are taken to be
 */
record ModelSettings(
    Architecture architecture,
    Optional<Head> head,
    Labels labels,
    ImageSize size,
    Answers answers,
    Decoding decoding) {
  /**
   * How logits are put into words.
   *
   * @param top how many classes an answer names, at most all
   * @param thresholds from which labels count as there
   */
  record Answers(int top, Optional<Thresholds> thresholds) {}

  /** Side at which the paper judges fine-tuned models (section 3.3), and of the largest. */
  private static final int TEST_SIDE = 384;

  private static final int TEST_SIDE_LARGEST = 480;
  private static final String LARGEST = "R152x4";

  /** What the caller told; null where he did not. */
  static final class Overrides {
    Architecture architecture;
    Activation activation;
    Labels labels;
    ImageSize size;
    Decoding decoding;
    Thresholds thresholds;
    private int top = BitModel.DEFAULT_TOP;

    void top(int classes) {
      if (classes < 1) {
        throw new IllegalArgumentException("expected at least one class, found " + classes);
      }
      top = classes;
    }

    Overrides copy() {
      Overrides copy = new Overrides();
      copy.architecture = architecture;
      copy.activation = activation;
      copy.labels = labels;
      copy.size = size;
      copy.decoding = decoding;
      copy.thresholds = thresholds;
      copy.top = top;
      return copy;
    }
  }

  /**
   * Puts together what is known; what was told wins over what was recorded.
   *
   * @throws io.github.tfbit.checkpoints.CheckpointException if the weights are no BiT model, or not
   *     of the architecture that was told or recorded
   * @throws IllegalArgumentException if labels or thresholds are not as many as the classes
   */
  static ModelSettings of(ModelSource.Opened opened, Overrides told) throws IOException {
    ModelSource.Recorded recorded = opened.recorded();
    Checkpoint weights = opened.weights();
    PublishedModel found = PublishedModel.of(weights);
    Optional<Architecture> architecture =
        Optional.ofNullable(told.architecture).or(recorded::architecture);
    int classes = found.head().map(Head::classes).orElse(0);
    if (architecture.isPresent()) {
      PublishedModel.requireMatch(weights, architecture.get(), classes, false);
    }
    Architecture known = architecture.orElse(found.architecture());
    Optional<Activation> activation =
        Optional.ofNullable(told.activation).or(recorded.head()::activation);
    Optional<Head> head =
        found.head().map(h -> new Head(h.classes(), activation.orElse(h.activation())));
    Labels labels =
        Optional.ofNullable(told.labels)
            .or(recorded::labels)
            .orElseGet(() -> Labels.assumed(classes));
    if (labels.size() != classes) {
      throw new IllegalArgumentException(
          "expected a label for each of " + classes + " classes, found " + labels.size());
    }
    ImageSize size =
        Optional.ofNullable(told.size).or(recorded::size).orElseGet(() -> paperSize(known));
    Decoding decoding =
        Optional.ofNullable(told.decoding).or(recorded::decoding).orElse(Decoding.DEFAULT);
    int top = Math.min(told.top, Math.max(1, classes));
    Answers answers = new Answers(top, thresholds(head, told, recorded));
    return new ModelSettings(known, head, labels, size, answers, decoding);
  }

  private static Optional<Thresholds> thresholds(
      Optional<Head> head, Overrides told, ModelSource.Recorded recorded) {
    Optional<Thresholds> known =
        Optional.ofNullable(told.thresholds).or(recorded.head()::thresholds);
    if (head.isEmpty() || head.get().activation() == Activation.SOFTMAX) {
      return Optional.empty();
    }
    int classes = head.get().classes();
    if (known.isPresent() && known.get().values().size() != classes) {
      throw new IllegalArgumentException(
          "expected a threshold for each of "
              + classes
              + " classes, found "
              + known.get().values().size());
    }
    return known;
  }

  private static ImageSize paperSize(Architecture architecture) {
    boolean largest = architecture.name().equals(LARGEST);
    return ImageSize.square(largest ? TEST_SIDE_LARGEST : TEST_SIDE);
  }

  /** The head, or an error that says that there is none. */
  Head requireHead() {
    return head.orElseThrow(
        () ->
            new IllegalStateException(
                "expected a model with a head, found one that ends at its features; fine-tune it"
                    + " first, or ask for its features"));
  }

  /** What an export is made of. */
  ServingSettings serving() {
    return new ServingSettings(
        architecture, requireHead(), labels.names(), size, answers.top(), decoding.background());
  }

  Ranking ranking() {
    return new Ranking(labels, requireHead().activation(), answers);
  }
}
