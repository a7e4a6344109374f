package io.github.tfbit;

import io.github.tfbit.evaluate.Evaluation;
import java.nio.file.Path;
import java.util.List;

/**
 * Watches a run, on the thread that trains. An exception in any of these ends the run cleanly: it
 * comes out of {@code call()}, the state is saved, and no weights are written.
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
    /** It was cancelled; there are no weights, but a state to go on from. */
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
   * While features of pictures are computed, in a run that learns from features. Not called where
   * they are in the cache.
   *
   * @param part such as {@code train}
   * @param done pictures so far
   * @param of pictures in all
   */
  default void described(String part, int done, int of) {}

  /**
   * Before the first step of a run that goes on with an earlier one.
   *
   * @param step how many steps are done
   * @param notes what deserves to be said about it, one sentence each
   */
  default void resumed(int step, List<String> notes) {}

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
   * When the state of the run is on the disk.
   *
   * @param step how many steps are done
   * @param state its directory, with weights in the published layout; later ones take its place
   */
  default void checkpointed(int step, Path state) {}

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

  /**
   * Several listeners as one.
   *
   * @param listeners called in this order; the exception of one keeps the next from being called
   * @return a listener that hands on to all
   */
  static TrainingListener all(List<TrainingListener> listeners) {
    return new Listeners(listeners);
  }
}
