package io.github.tfbit.cli.options;

import io.github.tfbit.ClassWeights;
import io.github.tfbit.converters.Activation;
import io.github.tfbit.image.Flip;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What fine-tuning and pre-training let the user decide; what is not given, the recipe decides. */
public final class TrainingOptions {
  @Option(
      names = "--out",
      required = true,
      paramLabel = "RUN",
      description = "The run's directory, made at the start.")
  private Path out;

  @Option(
      names = "--batch",
      paramLabel = "B",
      converter = PositiveInteger.class,
      description = "Pictures a step (default: finetune 512, pretrain 4096).")
  private Integer batch;

  @Option(
      names = "--batch-split",
      paramLabel = "K",
      converter = PositiveInteger.class,
      description = "Compute a step in K parts, to save memory (default: by size).")
  private Integer batchSplit;

  @Option(
      names = "--lr",
      paramLabel = "RATE",
      converter = PositiveNumber.class,
      description = "Learning rate (default: finetune 0.003, pretrain 0.03 x batch / 256).")
  private Double rate;

  @Option(
      names = "--resize",
      paramLabel = "R",
      converter = PositiveInteger.class,
      description = "Side that pictures are resized to.")
  private Integer resize;

  @Option(
      names = "--crop",
      paramLabel = "C",
      converter = PositiveInteger.class,
      description = "Side that is cut out at random, and judged at.")
  private Integer crop;

  @Option(
      names = "--flip",
      paramLabel = "F",
      converter = FlipConverter.class,
      description = "horizontal or none (default: horizontal).")
  private Flip flip = Flip.HORIZONTAL;

  @Option(
      names = "--loss",
      paramLabel = "L",
      converter = LossConverter.class,
      description =
          "softmax: each picture is of one class. sigmoid: each label is there or not, for pictures"
              + " with several or none (default: softmax).")
  private Activation loss = Activation.SOFTMAX;

  @Option(
      names = "--class-weights",
      paramLabel = "W",
      converter = WeightsConverter.class,
      description =
          "How much each class counts in the loss: none, balanced (rare ones more) or a CSV file"
              + " with the columns class,weight (default: none).")
  private ClassWeights classWeights = ClassWeights.NONE;

  @Option(
      names = "--eval-every",
      paramLabel = "N",
      converter = PositiveInteger.class,
      description = "Judge by the held-out pictures every N steps (default: at the end).")
  private Integer evalEvery;

  @Option(
      names = "--save-every",
      paramLabel = "N",
      converter = PositiveInteger.class,
      description = "Save the state every N steps (default: every 5 minutes).")
  private Integer saveEvery;

  @Option(
      names = "--resume",
      description =
          "Go on where the run stopped; start it where there is nothing yet. The weights come out"
              + " as if it had never stopped.")
  private boolean resume;

  /** Reads a loss. */
  static final class LossConverter implements ITypeConverter<Activation> {
    @Override
    public Activation convert(String value) {
      return switch (value) {
        case "softmax" -> Activation.SOFTMAX;
        case "sigmoid" -> Activation.SIGMOID;
        default ->
            throw new TypeConversionException("expected softmax or sigmoid, found '" + value + "'");
      };
    }
  }

  /** Reads where class weights come from; what is no word is a file. */
  static final class WeightsConverter implements ITypeConverter<ClassWeights> {
    @Override
    public ClassWeights convert(String value) {
      return switch (value) {
        case "none" -> ClassWeights.NONE;
        case "balanced" -> ClassWeights.BALANCED;
        default -> ClassWeights.of(Path.of(value));
      };
    }
  }

  /** Reads a kind of mirroring. */
  static final class FlipConverter implements ITypeConverter<Flip> {
    @Override
    public Flip convert(String value) {
      return switch (value) {
        case "horizontal" -> Flip.HORIZONTAL;
        case "none" -> Flip.NONE;
        default ->
            throw new TypeConversionException("expected horizontal or none, found '" + value + "'");
      };
    }
  }

  /**
   * The run's directory.
   *
   * @return as typed
   */
  public Path out() {
    return out;
  }

  /**
   * Pictures a step.
   *
   * @return empty for the recipe's
   */
  public OptionalInt batch() {
    return integer(batch);
  }

  /**
   * Parts that a step is computed in.
   *
   * @return 0 to leave it to the library's rule
   */
  public int batchSplit() {
    return batchSplit == null ? 0 : batchSplit;
  }

  /**
   * Learning rate after the warm-up.
   *
   * @return empty for the recipe's
   */
  public OptionalDouble rate() {
    return rate == null ? OptionalDouble.empty() : OptionalDouble.of(rate);
  }

  /**
   * Side that pictures are resized to.
   *
   * @return pixels; empty for the recipe's
   */
  public OptionalInt resize() {
    return integer(resize);
  }

  /**
   * Side that is cut out.
   *
   * @return pixels; empty for the recipe's
   */
  public OptionalInt crop() {
    return integer(crop);
  }

  /**
   * Mirroring.
   *
   * @return as asked for
   */
  public Flip flip() {
    return flip;
  }

  /**
   * The loss.
   *
   * @return as asked for
   */
  public Activation loss() {
    return loss;
  }

  /**
   * How much each class counts in the loss.
   *
   * @return as asked for
   */
  public ClassWeights classWeights() {
    return classWeights;
  }

  /**
   * Steps between two evaluations.
   *
   * @return 0 for one at the end only
   */
  public int evalEvery() {
    return evalEvery == null ? 0 : evalEvery;
  }

  /**
   * Steps between two saved states.
   *
   * @return 0 to go by the clock
   */
  public int saveEvery() {
    return saveEvery == null ? 0 : saveEvery;
  }

  /**
   * Whether a run that is there is gone on with.
   *
   * @return as asked for
   */
  public boolean resume() {
    return resume;
  }

  private static OptionalInt integer(Integer value) {
    return Optional.ofNullable(value).map(OptionalInt::of).orElse(OptionalInt.empty());
  }
}
