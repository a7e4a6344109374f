package io.github.tfbit.cli.options;

import io.github.tfbit.FewShot;
import io.github.tfbit.HyperRule;
import io.github.tfbit.data.ImageDataset;
import io.github.tfbit.fewshot.Method;
import io.github.tfbit.fewshot.Shots;
import io.github.tfbit.fewshot.Subsets;
import io.github.tfbit.image.Flip;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The few-shot protocol, as far as the user decides it. */
public final class FewShotOptions {
  /** Of the official repository's tables (its README at 140de6e). */
  private static final int OFFICIAL_BATCH = 128;

  private static final double OFFICIAL_RATE = 0.001;

  @Option(
      names = "--shots",
      required = true,
      split = ",",
      paramLabel = "K",
      converter = ShotsConverter.class,
      description = "Pictures of each class to learn from; full for all: a list with commas.")
  private List<Shots> shots;

  @Option(
      names = "--subsets",
      paramLabel = "N",
      converter = PositiveInteger.class,
      description = "Random subsets of each number of shots (default: 5; full has one).")
  private int subsets = FewShot.SUBSETS;

  @Option(
      names = "--method",
      split = ",",
      paramLabel = "M",
      converter = MethodConverter.class,
      description =
          "finetune (default); scratch: the same from random weights; frozen: the head alone;"
              + " probe: the head by regularised least squares. A list with commas.")
  private List<Method> methods = List.of(Method.FINETUNE);

  @Option(
      names = "--official",
      description = "The settings of the official repository's tables: batch 128, rate 0.001.")
  private boolean official;

  @Option(
      names = "--steps",
      paramLabel = "N",
      converter = PositiveInteger.class,
      description = "Length of each training; the rule's schedule is scaled to it.")
  private Integer steps;

  @Option(
      names = "--batch",
      paramLabel = "B",
      converter = PositiveInteger.class,
      description = "Pictures a step (default: 512).")
  private Integer batch;

  @Option(
      names = "--lr",
      paramLabel = "RATE",
      converter = PositiveNumber.class,
      description = "Learning rate (default: 0.003).")
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
      converter = TrainingOptions.FlipConverter.class,
      description = "horizontal or none (default: horizontal).")
  private Flip flip = Flip.HORIZONTAL;

  /** Reads a number of shots. */
  static final class ShotsConverter implements ITypeConverter<Shots> {
    @Override
    public Shots convert(String value) {
      try {
        return Shots.parse(value);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(
            "expected whole numbers of at least 1, or full, found '" + value + "'");
      }
    }
  }

  /** Reads a method. */
  static final class MethodConverter implements ITypeConverter<Method> {
    @Override
    public Method convert(String value) {
      return Arrays.stream(Method.values())
          .filter(m -> m.label().equals(value))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "expected finetune, scratch, frozen or probe, found '" + value + "'"));
    }
  }

  /**
   * Pictures of each class to learn from.
   *
   * @return at least one
   */
  public List<Shots> shots() {
    return shots.stream().distinct().sorted().toList();
  }

  /**
   * Random subsets.
   *
   * @return at least 1
   */
  public int subsets() {
    return subsets;
  }

  /**
   * How trials learn.
   *
   * @return at least one
   */
  public List<Method> methods() {
    return methods;
  }

  /**
   * Refuses shots that there are too few pictures for.
   *
   * @param train to draw from
   * @param seed of the draw
   * @throws IOException naming each class with what it has and what was asked
   */
  public void requireEnough(ImageDataset train, long seed) throws IOException {
    new Subsets(train, seed).require(shots());
  }

  /**
   * Changes BiT-HyperRule as asked for.
   *
   * @param rule for the pictures of one training
   * @return the same
   */
  public HyperRule.Builder change(HyperRule.Builder rule) {
    if (official) {
      rule.batch(OFFICIAL_BATCH).rate(OFFICIAL_RATE);
    }
    if (steps != null) {
      rule.steps(steps);
    }
    if (batch != null) {
      rule.batch(batch);
    }
    if (rate != null) {
      rule.rate(rate);
    }
    if (resize != null) {
      rule.resize(resize);
    }
    if (crop != null) {
      rule.crop(crop);
    }
    return rule.flip(flip);
  }
}
