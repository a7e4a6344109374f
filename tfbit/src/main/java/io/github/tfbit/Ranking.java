package io.github.tfbit;

import io.github.tfbit.converters.Activation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * From logits to the best classes.
 *
 * @param labels of the classes
 * @param activation how logits become probabilities
 * @param answers how many classes to name, and from where on they count as there
 */
record Ranking(Labels labels, Activation activation, ModelSettings.Answers answers) {
  /**
   * Ranks the classes of one picture.
   *
   * @param logits one per class
   * @return the best; of equal logits the smaller index first, as TensorFlow's TopK
   */
  Prediction.Ranked rank(float[] logits) {
    double[] probabilities = probabilities(logits, activation);
    List<Integer> order =
        IntStream.range(0, logits.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -logits[i]))
            .limit(answers.top())
            .toList();
    List<Prediction.Score> scores = new ArrayList<>();
    for (int i : order) {
      scores.add(
          new Prediction.Score(
              i, labels.name(i), labels.wordNetId(i), probabilities[i], logits[i], threshold(i)));
    }
    return new Prediction.Ranked(scores);
  }

  private OptionalDouble threshold(int label) {
    return answers.thresholds().isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(answers.thresholds().get().values().get(label));
  }

  /** The logits by an activation. */
  static double[] probabilities(float[] logits, Activation activation) {
    double[] p = new double[logits.length];
    if (activation == Activation.SIGMOID) {
      for (int i = 0; i < p.length; i++) {
        p[i] = 1 / (1 + Math.exp(-logits[i]));
      }
      return p;
    }
    double max = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      max = Math.max(max, logit);
    }
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      p[i] = Math.exp(logits[i] - max);
      sum += p[i];
    }
    for (int i = 0; i < p.length; i++) {
      p[i] /= sum;
    }
    return p;
  }
}
