package io.github.tfbit.evaluate;

import io.github.tfbit.converters.Activation;

/** From logits to probabilities and losses, in double. */
final class Logits {
  private Logits() {}

  static double probability(Activation activation, float[] logits, int of) {
    return activation == Activation.SIGMOID
        ? LabelCounter.probability(logits[of])
        : Math.exp(logits[of] - logSumExp(logits));
  }

  /** The best class; of equal logits the smallest index. */
  static int best(float[] logits) {
    int best = 0;
    for (int i = 1; i < logits.length; i++) {
      if (logits[i] > logits[best]) {
        best = i;
      }
    }
    return best;
  }

  /** Of softmax the mean over the labels, which is one as a rule; of a sigmoid the classes' sum. */
  static double crossEntropy(Activation activation, float[] logits, int[] labels) {
    double sum = 0;
    if (activation == Activation.SOFTMAX) {
      double all = logSumExp(logits);
      for (int label : labels) {
        sum += all - logits[label];
      }
      return sum / labels.length;
    }
    for (float x : logits) {
      sum += Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs((double) x)));
    }
    for (int label : labels) {
      sum -= logits[label];
    }
    return sum;
  }

  private static double logSumExp(float[] logits) {
    float most = Float.NEGATIVE_INFINITY;
    for (float x : logits) {
      most = Math.max(most, x);
    }
    double sum = 0;
    for (float x : logits) {
      sum += Math.exp((double) x - most);
    }
    return most + Math.log(sum);
  }
}
