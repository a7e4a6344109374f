package io.github.tfbit.evaluate;

import io.github.tfbit.converters.Activation;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/**
 * The answers that are most confident and wrong, as many as are wanted and no more, however many
 * pictures there are. Of a softmax a best class that the picture does not show; of a sigmoid the
 * label whose probability is farthest from the truth, on the wrong side of a half. Not safe for
 * several threads.
 */
public final class WorstMistakes implements Answer.Sink {
  /** The worst first; of equals the earlier picture. */
  private static final Comparator<Mistake> WORST_FIRST =
      Comparator.comparingDouble(Mistake::error).reversed().thenComparingInt(Mistake::picture);

  private final Activation activation;
  private final int most;
  private final PriorityQueue<Mistake> kept = new PriorityQueue<>(WORST_FIRST.reversed());

  /**
   * Starts with none.
   *
   * @param activation of the head
   * @param most how many to keep
   */
  public WorstMistakes(Activation activation, int most) {
    if (most < 1) {
      throw new IllegalArgumentException("expected at least one mistake to keep, found " + most);
    }
    this.activation = activation;
    this.most = most;
  }

  @Override
  public void accept(Answer answer) {
    if (activation == Activation.SIGMOID) {
      addLabel(answer);
    } else {
      int best = answer.best();
      if (!has(answer.labels(), best)) {
        keep(answer, best, false);
      }
    }
  }

  private void addLabel(Answer answer) {
    float[] logits = answer.logits();
    int added = -1;
    for (int c = 0; c < logits.length; c++) {
      if ((added < 0 || logits[c] > logits[added]) && !has(answer.labels(), c)) {
        added = c;
      }
    }
    int missed = -1;
    for (int label : answer.labels()) {
      missed = missed < 0 || logits[label] < logits[missed] ? label : missed;
    }
    // The probability of -x is one minus that of x.
    if (added >= 0 && logits[added] > 0 && (missed < 0 || logits[added] >= -logits[missed])) {
      keep(answer, added, false);
    } else if (missed >= 0 && logits[missed] < 0) {
      keep(answer, missed, true);
    }
  }

  private void keep(Answer answer, int wrong, boolean missed) {
    List<Integer> labels = IntStream.of(answer.labels()).boxed().toList();
    double probability = answer.probability(activation, wrong);
    kept.add(new Mistake(answer.picture(), labels, wrong, probability, missed));
    if (kept.size() > most) {
      kept.remove();
    }
  }

  private static boolean has(int[] labels, int label) {
    for (int l : labels) {
      if (l == label) {
        return true;
      }
    }
    return false;
  }

  /**
   * What was kept.
   *
   * @return the worst first
   */
  public List<Mistake> list() {
    return kept.stream().sorted(WORST_FIRST).toList();
  }
}
