package io.github.tfbit.evaluate;

import io.github.tfbit.converters.Activation;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * How well a model did on labelled pictures. A picture with several labels is filed under the one
 * that was answered, if any, else under its first; one without any has its say in {@code labels}
 * and {@code crossEntropy} alone.
 *
 * @param accuracy top-1 and top-5
 * @param confusion pictures by label and best class
 * @param calibration of the best class's probability
 * @param crossEntropy mean over the pictures of the loss that training has, without MixUp and class
 *     weights; for a sigmoid summed over the classes
 * @param labels what a sigmoid head does label by label; empty for softmax, and for more than 64
 *     million scores, which are not kept
 */
public record Evaluation(
    Accuracy accuracy,
    Confusion confusion,
    Calibration calibration,
    double crossEntropy,
    Optional<LabelScores> labels) {
  private static final int TOP = 5;

  /** Refuses nulls. */
  public Evaluation {
    Objects.requireNonNull(accuracy, "accuracy");
    Objects.requireNonNull(confusion, "confusion");
    Objects.requireNonNull(calibration, "calibration");
    Objects.requireNonNull(labels, "labels");
  }

  /**
   * How many pictures were judged by their best class: all that have a label.
   *
   * @return pictures
   */
  public long examples() {
    return accuracy.examples();
  }

  /**
   * Share of pictures whose best class is right.
   *
   * @return from 0 to 1; NaN for no pictures
   */
  public double top1() {
    return accuracy.top1();
  }

  /**
   * Share of pictures with a right class among the best five.
   *
   * @return from 0 to 1; NaN for no pictures
   */
  public double top5() {
    return accuracy.top5();
  }

  /**
   * The expected calibration error.
   *
   * @return from 0 to 1; NaN for no pictures
   */
  public double ece() {
    return calibration.error();
  }

  /**
   * Share of each class's pictures whose best class is right.
   *
   * @return in the order of the classes; NaN for a class without pictures
   */
  public double[] recallByClass() {
    return confusion.perClass().stream().mapToDouble(ClassScore::recall).toArray();
  }

  /**
   * Mean of the classes' recalls, which does not favour the classes with many pictures.
   *
   * @return a share; classes without pictures have no say; NaN if none has any
   */
  public double meanRecall() {
    return mean(ClassScore::recall);
  }

  /**
   * Mean of the classes' precisions. A class with pictures that is never answered counts as 0, as
   * scikit-learn has it.
   *
   * @return a share; classes without pictures and answers have no say
   */
  public double meanPrecision() {
    return mean(c -> c.predicted() == 0 ? (c.support() == 0 ? Double.NaN : 0) : c.precision());
  }

  /**
   * Mean of the classes' F1.
   *
   * @return a share; classes without pictures and answers have no say
   */
  public double meanF1() {
    return mean(ClassScore::f1);
  }

  private double mean(ToDoubleFunction<ClassScore> of) {
    return confusion.perClass().stream()
        .mapToDouble(of)
        .filter(x -> !Double.isNaN(x))
        .average()
        .orElse(Double.NaN);
  }

  /**
   * Starts counting.
   *
   * @param classes of the head
   * @param activation that makes probabilities of its logits
   * @return a counter at zero; the thresholds of a sigmoid's labels are those with the best F1
   */
  public static Counter counter(int classes, Activation activation) {
    return new Counter(classes, activation, Optional.empty());
  }

  /**
   * Starts counting with thresholds that were chosen elsewhere.
   *
   * @param activation that makes probabilities of its logits
   * @param thresholds probability for each class from which its label counts as given; NaN for
   *     never
   * @return a counter at zero
   */
  public static Counter counter(Activation activation, double[] thresholds) {
    return new Counter(thresholds.length, activation, Optional.of(thresholds.clone()));
  }

  /** Counts answers one by one. Not safe for several threads. */
  public static final class Counter {
    private final Activation activation;
    private final int classes;
    private final Confusion.Counter confusion;
    private final Calibration.Counter calibration = new Calibration.Counter();
    private final Optional<LabelCounter> labels;
    private double crossEntropy;
    private long judged;
    private long examples;
    private long right1;
    private long right5;

    private Counter(int classes, Activation activation, Optional<double[]> thresholds) {
      this.activation = Objects.requireNonNull(activation, "activation");
      this.classes = classes;
      confusion = new Confusion.Counter(classes);
      labels =
          activation == Activation.SIGMOID
              ? Optional.of(new LabelCounter(classes, thresholds))
              : Optional.empty();
    }

    /**
     * Counts one picture.
     *
     * @param logits of every class
     * @param of what the picture shows; nothing only for a sigmoid head, whose labels are then all
     *     wrong, and which has no best class that could be right
     * @return this
     */
    public Counter add(float[] logits, int[] of) {
      if (logits.length != classes || (of.length == 0 && activation == Activation.SOFTMAX)) {
        throw new IllegalArgumentException(
            "expected %d logits and at least one label, found %d and %d"
                .formatted(classes, logits.length, of.length));
      }
      judged++;
      crossEntropy += Logits.crossEntropy(activation, logits, of);
      labels.ifPresent(l -> l.add(logits, of));
      if (of.length > 0) {
        addBest(logits, of);
      }
      return this;
    }

    private void addBest(float[] logits, int[] of) {
      int best = Logits.best(logits);
      int rank = Integer.MAX_VALUE;
      for (int label : of) {
        rank = Math.min(rank, rank(logits, label));
      }
      boolean right = rank == 0;
      examples++;
      right1 += right ? 1 : 0;
      right5 += rank < TOP ? 1 : 0;
      confusion.add(right ? best : of[0], best);
      calibration.add(Logits.probability(activation, logits, best), right);
    }

    /**
     * What was counted so far.
     *
     * @return shares; NaN if nothing was counted
     */
    public Evaluation result() {
      return new Evaluation(
          new Accuracy(examples, right1, right5),
          confusion.result(),
          calibration.result(),
          crossEntropy / judged,
          labels.flatMap(LabelCounter::result));
    }

    /** How many classes come before this one. */
    private static int rank(float[] logits, int label) {
      int before = 0;
      for (int i = 0; i < logits.length; i++) {
        if (logits[i] > logits[label] || (logits[i] == logits[label] && i < label)) {
          before++;
        }
      }
      return before;
    }
  }
}
