package io.github.tfbit.doctor;

import io.github.tfbit.converters.Activation;
import java.util.List;
import java.util.stream.IntStream;

/** How logits become scores under names. */
enum Answering {
  RIGHT,
  OTHER_ACTIVATION,
  LOGITS,
  SHIFTED_UP,
  SHIFTED_DOWN,
  SORTED;

  /** Scores in the order of the names. */
  float[] scores(float[] logits, Activation activation, List<String> names) {
    Activation other = activation == Activation.SOFTMAX ? Activation.SIGMOID : Activation.SOFTMAX;
    return switch (this) {
      case RIGHT -> of(logits, activation);
      case OTHER_ACTIVATION -> of(logits, other);
      case LOGITS -> logits.clone();
      case SHIFTED_UP -> shifted(of(logits, activation), 1);
      case SHIFTED_DOWN -> shifted(of(logits, activation), logits.length - 1);
      case SORTED -> sorted(of(logits, activation), names);
    };
  }

  private static float[] of(float[] logits, Activation activation) {
    float[] scores = new float[logits.length];
    double max = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      max = Math.max(max, logit);
    }
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit - max);
    }
    for (int i = 0; i < scores.length; i++) {
      scores[i] =
          (float)
              (activation == Activation.SIGMOID
                  ? 1 / (1 + Math.exp(-logits[i]))
                  : Math.exp(logits[i] - max) / sum);
    }
    return scores;
  }

  /** The score of each class under the name of one that comes so much later, in a circle. */
  private static float[] shifted(float[] scores, int by) {
    float[] moved = new float[scores.length];
    for (int i = 0; i < moved.length; i++) {
      moved[(i + by) % moved.length] = scores[i];
    }
    return moved;
  }

  /** The scores under the same names sorted as text. */
  private static float[] sorted(float[] scores, List<String> names) {
    int[] order =
        IntStream.range(0, names.size())
            .boxed()
            .sorted((a, b) -> names.get(a).compareTo(names.get(b)))
            .mapToInt(i -> i)
            .toArray();
    float[] moved = new float[scores.length];
    for (int i = 0; i < moved.length; i++) {
      moved[order[i]] = scores[i];
    }
    return moved;
  }
}
