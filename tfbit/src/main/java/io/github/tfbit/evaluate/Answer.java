package io.github.tfbit.evaluate;

import io.github.tfbit.converters.Activation;
import java.io.IOException;
import java.util.Objects;

/**
 * What a model answered to one picture of a data set. The arrays are not copied.
 *
 * @param picture its index in the data
 * @param id names it: a path, a key
 * @param labels what it shows, as indices of the model's classes; nothing only for sigmoid heads
 * @param logits one per class
 */
@SuppressWarnings("ArrayRecordComponent")
public record Answer(int picture, String id, int[] labels, float[] logits) {
  /** Refuses nulls. */
  public Answer {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(labels, "labels");
    Objects.requireNonNull(logits, "logits");
  }

  /** Takes answers one by one, in the order of the pictures. */
  @FunctionalInterface
  public interface Sink {
    /**
     * One answer.
     *
     * @param answer to look at; not to be kept, nor changed
     * @throws IOException ends the evaluation
     */
    void accept(Answer answer) throws IOException;
  }

  /**
   * The best class.
   *
   * @return its index; of equal logits the smallest
   */
  public int best() {
    return Logits.best(logits);
  }

  /**
   * How probable a class is.
   *
   * @param activation of the head
   * @param of the class
   * @return from 0 to 1
   */
  public double probability(Activation activation, int of) {
    return Logits.probability(activation, logits, of);
  }
}
