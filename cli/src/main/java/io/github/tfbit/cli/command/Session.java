package io.github.tfbit.cli.command;

import com.google.gson.JsonObject;
import io.github.tfbit.BitModel;
import io.github.tfbit.Labels;
import io.github.tfbit.Run;
import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.cli.console.Console;
import io.github.tfbit.cli.console.Failure;
import io.github.tfbit.cli.console.Interrupts;
import io.github.tfbit.cli.console.Text;
import io.github.tfbit.cli.options.ModelArgument;
import io.github.tfbit.cli.options.RuntimeOptions;
import io.github.tfbit.converters.Head;
import io.github.tfbit.converters.labels.LabelSet;
import io.github.tfbit.data.ImageSize;
import io.github.tfbit.graph.SessionOptions;
import io.github.tfbit.graph.TensorFlowRuntime;
import java.io.IOException;
import java.util.Optional;

/**
 * What a command has at hand: where to speak, and what may end it.
 *
 * @param console to speak on
 * @param interrupts that may end it
 */
public record Session(Console console, Interrupts interrupts) {
  /** Micro-batches between two reports: few enough that an interrupt is heard soon. */
  private static final int MICRO_BATCHES = 8;

  /**
   * Opens a model for answers and says what it is and where it computes, the first line of a run.
   *
   * @param model to open
   * @param runtime device and threads
   * @param size that pictures are resized to; empty for the model's own
   * @param top how many classes an answer names
   * @return an open model for single pictures, to be closed
   * @throws IOException if it cannot be opened
   */
  BitModel open(ModelArgument model, RuntimeOptions runtime, Optional<ImageSize> size, int top)
      throws IOException {
    return open(model, runtime.session(), size, top);
  }

  /**
   * As {@link #open(ModelArgument, RuntimeOptions, Optional, int)} with streams.
   *
   * @param model to open
   * @param computing where, and in how many streams
   * @param size that pictures are resized to; empty for the model's own
   * @param top how many classes an answer names
   * @return an open model, to be closed
   * @throws IOException if it cannot be opened
   */
  BitModel open(ModelArgument model, SessionOptions computing, Optional<ImageSize> size, int top)
      throws IOException {
    String device = TensorFlowRuntime.describe(computing);
    BitModel opened;
    try (Upstream upstream = Upstream.open(model)) {
      BitModel.Builder builder =
          BitModel.builder(upstream.weights())
              .architecture(upstream.architecture())
              .labels(upstream.labels())
              .device(computing.device())
              .threads(computing.threads())
              .streams(computing.streams())
              .top(top);
      upstream.head().map(Head::activation).ifPresent(builder::activation);
      upstream.run().map(Run::decoding).ifPresent(builder::decoding);
      upstream.recorded().thresholds().ifPresent(builder::thresholds);
      size.or(upstream.recorded()::size).ifPresent(builder::size);
      opened = builder.build();
    }
    String head =
        opened.head().map(h -> Text.count(h.classes(), "class", "classes")).orElse("features only");
    console.say(
        Text.of(
            "%s: %s, %s, at %s px on %s",
            model.name(), opened.architecture().name(), head, opened.size(), device));
    return opened;
  }

  /** Refuses a model that only makes features. */
  static void requireHead(Optional<Head> head, ModelArgument model) throws Failure {
    if (head.isEmpty()) {
      throw new Failure(
          new Problem(
              "a model with a head, which names classes",
              "one that ends at its features",
              model.name(),
              "fine-tune it first, or ask for its features"));
    }
  }

  /** What to say of class names that are not known for certain; nothing of those that are. */
  static Optional<String> noteOf(Labels labels) {
    return switch (labels.knowledge()) {
      case KNOWN -> Optional.empty();
      case ASSUMED ->
          Optional.of(
              Text.of(
                  "note: names of the classes are assumed from %,d classes: %s",
                  labels.size(),
                  LabelSet.assumed(labels.size()).map(LabelSet::title).orElseThrow()));
      case UNKNOWN ->
          Optional.of("note: names of the classes are not known: they are numbered from 0");
    };
  }

  /** How many pictures to hand to a model at a time: the same bits as one by one micro-batch. */
  static int chunk(BitModel model) {
    return MICRO_BATCHES * model.microBatch();
  }

  /** The beginning of every JSON result about a model. */
  static JsonObject json(ModelArgument model, BitModel opened) {
    JsonObject json = new JsonObject();
    json.addProperty("model", model.name());
    json.addProperty("architecture", opened.architecture().name());
    return json;
  }
}
