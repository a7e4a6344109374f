package io.github.tfbit.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Keeps every label's logits, which ranking needs. Not safe for several threads. */
final class LabelCounter {
  /** Values that are kept at most: 256 MB of them, 64,000 pictures of 1,000 labels. */
  static final long MOST = 64_000_000;

  private final int classes;
  private final Optional<double[]> thresholds;
  private final List<float[]> logits = new ArrayList<>();
  private final List<int[]> labels = new ArrayList<>();

  LabelCounter(int classes, Optional<double[]> thresholds) {
    this.classes = classes;
    this.thresholds = thresholds;
  }

  void add(float[] row, int[] of) {
    if ((logits.size() + 1L) * classes <= MOST) {
      logits.add(row.clone());
    }
    labels.add(of.clone());
  }

  /** Empty if there were too many values to keep. */
  Optional<LabelScores> result() {
    if (logits.size() < labels.size()) {
      return Optional.empty();
    }
    boolean[][] has = new boolean[classes][logits.size()];
    for (int i = 0; i < labels.size(); i++) {
      for (int label : labels.get(i)) {
        has[label][i] = true;
      }
    }
    List<LabelScore> scores = new ArrayList<>(classes);
    for (int c = 0; c < classes; c++) {
      scores.add(score(c, has[c]));
    }
    return Optional.of(new LabelScores(scores));
  }

  private LabelScore score(int label, boolean[] has) {
    // A float and its picture in one long, so that a primitive sort will do.
    long[] ranked = new long[has.length];
    for (int i = 0; i < ranked.length; i++) {
      ranked[i] = ((long) descending(logits.get(i)[label]) << Integer.SIZE) | i;
    }
    Arrays.sort(ranked);
    Ranking ranking = new Ranking(has);
    for (int k = 0; k < ranked.length; k++) {
      boolean last = k + 1 == ranked.length || ranked[k] >> 32 != ranked[k + 1] >> 32;
      int picture = (int) ranked[k];
      ranking.add(picture, logits.get(picture)[label], last);
    }
    double threshold =
        thresholds.map(t -> t[label]).orElse(ranking.best > 0 ? ranking.threshold : Double.NaN);
    long truePositives = 0;
    long falsePositives = 0;
    for (int i = 0; i < has.length; i++) {
      if (probability(logits.get(i)[label]) >= threshold) {
        truePositives += has[i] ? 1 : 0;
        falsePositives += has[i] ? 0 : 1;
      }
    }
    return new LabelScore(
        label,
        ranking.support,
        ranking.support == 0 ? Double.NaN : ranking.area,
        threshold,
        truePositives,
        falsePositives);
  }

  static double probability(float logit) {
    return 1 / (1 + Math.exp(-(double) logit));
  }

  /** An integer that orders floats from the largest to the smallest; both zeros are equal. */
  private static int descending(float x) {
    int bits = Float.floatToIntBits(x == 0 ? 0f : x);
    int rising = bits >= 0 ? bits : bits ^ Integer.MAX_VALUE;
    return ~rising;
  }

  /** One label's pictures from the most to the least probable; equal ones are one step. */
  private static final class Ranking {
    private final boolean[] has;
    private final long support;
    private long seen;
    private long found;
    private long foundBefore;
    private double area;
    private double best;
    private double threshold = Double.NaN;

    Ranking(boolean[] has) {
      this.has = has;
      long n = 0;
      for (boolean h : has) {
        n += h ? 1 : 0;
      }
      support = n;
    }

    void add(int picture, float logit, boolean endsStep) {
      seen++;
      found += has[picture] ? 1 : 0;
      if (!endsStep) {
        return;
      }
      area += (found - foundBefore) / (double) support * found / seen;
      foundBefore = found;
      double f1 = 2.0 * found / (support + seen);
      if (f1 > best) {
        best = f1;
        threshold = probability(logit);
      }
    }
  }
}
