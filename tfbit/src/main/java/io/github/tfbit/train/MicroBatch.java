package io.github.tfbit.train;

import java.util.List;
import org.tensorflow.types.TFloat32;

/** Pictures and labels of a part of a step. Whoever got it from the pipeline closes it. */
public final class MicroBatch implements AutoCloseable {
  private final TFloat32 inputs;
  private final TFloat32 labels;
  private final List<int[]> classes;
  private final Runnable closed;
  private boolean last;

  /**
   * Takes over both tensors.
   *
   * @param inputs closed by {@code closed}
   * @param labels closed with this
   * @param classes of each picture
   * @param closed run when this is closed
   */
  MicroBatch(TFloat32 inputs, TFloat32 labels, List<int[]> classes, Runnable closed) {
    this.inputs = inputs;
    this.labels = labels;
    this.classes = classes;
    this.closed = closed;
  }

  /**
   * The pictures, or what the part of the network that does not learn makes of them.
   *
   * @return {@code [n, crop, crop, 3]} in [-1, 1], or {@code [n, …]} of an endpoint's shape
   */
  public TFloat32 inputs() {
    return inputs;
  }

  /**
   * What they show.
   *
   * @return {@code [n, classes]}: 1 for a label, shares after MixUp
   */
  public TFloat32 labels() {
    return labels;
  }

  /**
   * What they show, before any mixing.
   *
   * @return indices of the classes of each picture
   */
  public List<int[]> classes() {
    return classes;
  }

  /**
   * Whether the step is complete with this part.
   *
   * @return true for the last part of a step
   */
  public boolean last() {
    return last;
  }

  MicroBatch endsStep() {
    last = true;
    return this;
  }

  @Override
  public void close() {
    labels.close();
    closed.run();
  }
}
