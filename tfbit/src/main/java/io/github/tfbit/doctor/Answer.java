package io.github.tfbit.doctor;

import java.util.List;

/**
 * What a model says of one picture.
 *
 * @param classes names of the classes that it scored, as many as it gives
 * @param scores one for each of them
 */
@SuppressWarnings("ArrayRecordComponent")
public record Answer(List<String> classes, float[] scores) {
  /** Checks that there is a score for each class. */
  public Answer {
    classes = List.copyOf(classes);
    if (classes.size() != scores.length || scores.length == 0) {
      throw new IllegalArgumentException(
          "expected a score for each of " + classes.size() + " classes, found " + scores.length);
    }
  }
}
