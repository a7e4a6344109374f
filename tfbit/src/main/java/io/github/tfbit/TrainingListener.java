package io.github.tfbit;

import io.github.tfbit.evaluate.Evaluation;
import java.nio.file.Path;

/**
 * Watches a run, on the thread that trains. An exception in any of these ends the run cleanly: it
 * comes out of {@code call()}, and no weights are written.
 */
public interface TrainingListener {
  /** Watches nothing. */
  TrainingListener NONE = new TrainingListener() {};

  /**
   * A step that is done.
   *
   * @param step how many are done, from 1
   * @param steps of the whole run
   * @param loss mean over the step's pictures, before the update
   * @param rate that the update was made with
   * @param imagesPerSecond since the last evaluation's end or the run's start, evaluations aside
   * @param waitShare of that time that the step waited for pictures, from 0 to 1
   */
  record Step(
      int step, int steps, double loss, double rate, double imagesPerSecond, double waitShare) {}

  /** How a run ended. */
  enum Outcome {
    /** The weights are written. */
    FINISHED,
    /** It was cancelled; there are no weights. */
    CANCELLED,
    /** It failed; there are no weights. */
    FAILED
  }

  /**
   * Before the first step.
   *
   * @param plan what will happen
   */
  default void planned(Plan plan) {}

  /**
   * After each step.
   *
   * @param step what it came to
   */
  default void stepped(Step step) {}

  /**
   * After each evaluation on the held-out pictures.
   *
   * @param step how many steps are done
   * @param evaluation what it came to
   */
  default void evaluated(int step, Evaluation evaluation) {}

  /**
   * When the weights are in place.
   *
   * @param weights the file
   */
  default void saved(Path weights) {}

  /**
   * At the end, whatever it was.
   *
   * @param outcome how the run ended
   */
  default void ended(Outcome outcome) {}
}
