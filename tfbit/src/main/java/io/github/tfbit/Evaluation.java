package io.github.tfbit;

import io.github.tfbit.converters.Activation;
import java.util.Objects;

/**
 * How well a model did on labelled pictures. A picture with several labels counts as right if any
 * of them is found, and is filed under that one, else under its first.
 *
 * @param examples how many pictures
 * @param top1 share of pictures whose best class is right; of equal logits the smaller index wins
 * @param top5 share of pictures with a right class among the best five
 * @param recallByClass share of each class's pictures whose best class is right; NaN for a class
 *     without pictures
 * @param confusion pictures by label (row) and best class (column)
 * @param ece expected calibration error: the mean distance of confidence and accuracy over {@value
 *     #BINS} equal bins of the best class's probability, weighted by pictures (Guo and others,
 *     2017)
 */
@SuppressWarnings("ArrayRecordComponent")
public record Evaluation(
    long examples,
    double top1,
    double top5,
    double[] recallByClass,
    long[][] confusion,
    double ece) {
  /** Bins of the calibration error. */
  public static final int BINS = 15;

  private static final int TOP = 5;

  /** Refuses nulls. */
  public Evaluation {
    Objects.requireNonNull(recallByClass, "recallByClass");
    Objects.requireNonNull(confusion, "confusion");
  }

  /**
   * Mean of the classes' recalls, which does not favour the classes with many pictures.
   *
   * @return a share; NaN if no class has pictures
   */
  public double meanRecall() {
    double sum = 0;
    int classes = 0;
    for (double r : recallByClass) {
      if (!Double.isNaN(r)) {
        sum += r;
        classes++;
      }
    }
    return sum / classes;
  }

  /**
   * Starts counting.
   *
   * @param classes of the head
   * @param activation that makes probabilities of its logits
   * @return a counter at zero
   */
  public static Counter counter(int classes, Activation activation) {
    return new Counter(classes, activation);
  }

  /** Counts answers one by one. Not safe for several threads. */
  public static final class Counter {
    private final Activation activation;
    private final long[][] confusion;
    private final long[] binCount = new long[BINS];
    private final long[] binRight = new long[BINS];
    private final double[] binConfidence = new double[BINS];
    private long examples;
    private long right1;
    private long right5;

    private Counter(int classes, Activation activation) {
      this.activation = Objects.requireNonNull(activation, "activation");
      confusion = new long[classes][classes];
    }

    /**
     * Counts one picture.
     *
     * @param logits of every class
     * @param labels what the picture shows, at least one
     * @return this
     */
    public Counter add(float[] logits, int[] labels) {
      if (logits.length != confusion.length || labels.length == 0) {
        throw new IllegalArgumentException(
            "expected %d logits and at least one label, found %d and %d"
                .formatted(confusion.length, logits.length, labels.length));
      }
      int best = best(logits);
      int rank = Integer.MAX_VALUE;
      for (int label : labels) {
        rank = Math.min(rank, rank(logits, label));
      }
      boolean right = rank == 0;
      examples++;
      right1 += right ? 1 : 0;
      right5 += rank < TOP ? 1 : 0;
      confusion[right ? best : labels[0]][best]++;
      double confidence = probability(logits, best);
      int bin = Math.min(BINS - 1, (int) (confidence * BINS));
      binCount[bin]++;
      binRight[bin] += right ? 1 : 0;
      binConfidence[bin] += confidence;
      return this;
    }

    /**
     * What was counted so far.
     *
     * @return shares; NaN if nothing was counted
     */
    public Evaluation result() {
      double n = examples;
      double[] recall = new double[confusion.length];
      long[][] copy = new long[confusion.length][];
      for (int c = 0; c < recall.length; c++) {
        copy[c] = confusion[c].clone();
        long all = 0;
        for (long x : copy[c]) {
          all += x;
        }
        recall[c] = all == 0 ? Double.NaN : copy[c][c] / (double) all;
      }
      double ece = 0;
      for (int b = 0; b < BINS; b++) {
        ece += Math.abs(binConfidence[b] - binRight[b]);
      }
      return new Evaluation(examples, right1 / n, right5 / n, recall, copy, ece / n);
    }

    private static int best(float[] logits) {
      int best = 0;
      for (int i = 1; i < logits.length; i++) {
        if (logits[i] > logits[best]) {
          best = i;
        }
      }
      return best;
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

    private double probability(float[] logits, int best) {
      if (activation == Activation.SIGMOID) {
        return 1 / (1 + Math.exp(-(double) logits[best]));
      }
      double sum = 0;
      for (float l : logits) {
        sum += Math.exp((double) l - logits[best]);
      }
      return 1 / sum;
    }
  }
}
