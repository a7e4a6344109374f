package io.github.tfbit.converters.write;

import io.github.tfbit.converters.Activation;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.converters.Head;
import io.github.tfbit.converters.HeadFacts;
import io.github.tfbit.converters.Interpolation;
import io.github.tfbit.converters.PublishedModel;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a reader of weights has to know besides them.
 *
 * @param architecture of the network, with the groups of its GroupNorm
 * @param head empty for a backbone alone
 * @param facts what is known of the head beside its weights: the names of its classes
 * @param side of the square that pictures are resized to, pixels
 * @param interpolation by which they are resized
 */
public record ModelCard(
    Architecture architecture,
    Optional<Head> head,
    HeadFacts facts,
    int side,
    Interpolation interpolation) {
  /** Side at which the paper judges fine-tuned models (section 3.3), and the largest one. */
  private static final int TEST_SIDE = 384;

  private static final int TEST_SIDE_LARGEST = 480;
  private static final String LARGEST = "R152x4";

  /** Checks that there is a label for each class, if there are any. */
  public ModelCard {
    Objects.requireNonNull(architecture, "architecture");
    Objects.requireNonNull(head, "head");
    Objects.requireNonNull(interpolation, "interpolation");
    facts = facts.withActivation(head.map(Head::activation));
    int classes = head.map(Head::classes).orElse(0);
    Optional<List<String>> labels = facts.labels();
    if (labels.isPresent() && labels.get().size() != classes) {
      throw new IllegalArgumentException(
          "expected a label for each of " + (classes + " classes, found " + labels.get().size()));
    }
    if (side < 1) {
      throw new IllegalArgumentException("expected a side of at least one pixel, found " + side);
    }
  }

  /**
   * What is known of weights alone.
   *
   * @param model what the tensors say
   * @return no labels; resized as the paper says for its architecture
   */
  public static ModelCard of(PublishedModel model) {
    return new ModelCard(
        model.architecture(),
        model.head(),
        HeadFacts.NONE,
        paperSide(model.architecture()),
        Interpolation.BILINEAR);
  }

  /**
   * The side at which the paper judges models of an architecture.
   *
   * @param architecture any
   * @return 480 for R152x4, 384 for the others
   */
  public static int paperSide(Architecture architecture) {
    return architecture.name().equals(LARGEST) ? TEST_SIDE_LARGEST : TEST_SIDE;
  }

  /**
   * The names of the classes.
   *
   * @return one a class, in the head's order; empty if nobody knows them
   */
  public Optional<List<String>> labels() {
    return facts.labels();
  }

  /** Classes of the head, 0 for none. */
  int classes() {
    return head.map(Head::classes).orElse(0);
  }

  /** Whether several classes may apply to one picture. */
  boolean multiLabel() {
    return head.map(Head::activation).equals(Optional.of(Activation.SIGMOID));
  }

  /**
   * The same with names.
   *
   * @param names in the head's order; empty if nobody knows them
   * @return a copy
   */
  public ModelCard withLabels(Optional<List<String>> names) {
    return new ModelCard(architecture, head, facts.withLabels(names), side, interpolation);
  }

  /**
   * The same with another resize.
   *
   * @param newSide of the square, pixels
   * @param newInterpolation by which pictures are resized
   * @return a copy
   */
  public ModelCard withInput(int newSide, Interpolation newInterpolation) {
    return new ModelCard(architecture, head, facts, newSide, newInterpolation);
  }
}
