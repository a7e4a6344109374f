package io.github.tfbit.train;

import io.github.tfbit.data.Hashes;

/** Which pictures a step sees: a pure function of the step. Safe from any thread. */
public sealed interface PictureOrder {
  /**
   * How many steps there are.
   *
   * @return steps
   */
  int steps();

  /**
   * How many pictures come before a step.
   *
   * @param step from 0
   * @return position in the run of the step's first picture
   */
  long position(int step);

  /**
   * The pictures of one step.
   *
   * @param step from 0
   * @return indices into the data set
   */
  int[] sources(int step);

  /** Every epoch is a permutation of the whole set, and batches run on over epoch borders. */
  final class Shuffled implements PictureOrder {
    private final int size;
    private final int batch;
    private final int steps;
    private final long seed;

    /** The epoch that was asked for last, since a step seldom leaves it. A cache, not a state. */
    private volatile Epoch latest = new Epoch(-1, new int[0]);

    @SuppressWarnings("ArrayRecordComponent")
    private record Epoch(long number, int[] order) {}

    /**
     * An order.
     *
     * @param size of the data set
     * @param batch pictures a step; may exceed the size, pictures then come again within a step
     * @param steps of the run
     * @param seed decides every permutation
     */
    public Shuffled(int size, int batch, int steps, long seed) {
      if (size < 1 || batch < 1 || steps < 1) {
        throw new IllegalArgumentException(
            "expected at least 1 picture, batch and step, found %d, %d and %d"
                .formatted(size, batch, steps));
      }
      this.size = size;
      this.batch = batch;
      this.steps = steps;
      this.seed = seed;
    }

    @Override
    public int steps() {
      return steps;
    }

    @Override
    public long position(int step) {
      return (long) step * batch;
    }

    @Override
    public int[] sources(int step) {
      int[] sources = new int[batch];
      for (int i = 0; i < batch; i++) {
        long p = position(step) + i;
        sources[i] = epoch(p / size)[(int) (p % size)];
      }
      return sources;
    }

    /** One epoch's permutation, by sorting hashes: nothing passes from epoch to epoch. */
    private int[] epoch(long number) {
      Epoch e = latest;
      if (e.number() != number) {
        e = new Epoch(number, Hashes.permutation(size, Hashes.mix(seed, number)));
        latest = e;
      }
      return e.order();
    }
  }

  /**
   * Once through the set in its own order, the last step being what is left.
   *
   * @param size of the data set
   * @param batch pictures a step
   */
  record Once(int size, int batch) implements PictureOrder {
    @Override
    public int steps() {
      return (size + batch - 1) / batch;
    }

    @Override
    public long position(int step) {
      return (long) step * batch;
    }

    @Override
    public int[] sources(int step) {
      int first = step * batch;
      int[] sources = new int[Math.min(batch, size - first)];
      for (int i = 0; i < sources.length; i++) {
        sources[i] = first + i;
      }
      return sources;
    }
  }
}
