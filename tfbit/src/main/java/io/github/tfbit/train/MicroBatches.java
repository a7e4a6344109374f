package io.github.tfbit.train;

import java.io.IOException;
import java.util.Optional;

/** The parts of steps, in order. For one thread. Closing it frees what it holds. */
public interface MicroBatches extends AutoCloseable {
  /**
   * The next micro-batch.
   *
   * @return inputs and labels, to be closed by the caller; empty at the end of the order
   * @throws IOException if a picture could not be fetched or decoded; the message names it
   * @throws InterruptedException if this thread is interrupted while it waits
   */
  Optional<MicroBatch> next() throws IOException, InterruptedException;

  @Override
  void close();
}
