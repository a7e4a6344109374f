package io.github.tfbit.batch;

import java.util.concurrent.RejectedExecutionException;

/** More was asked for than a queue holds; asking again a little later may succeed. */
public final class QueueFullException extends RejectedExecutionException {
  private static final long serialVersionUID = 1;

  QueueFullException(int waiting, int more, int capacity) {
    super(
        "expected at most "
            + capacity
            + " waiting, found "
            + waiting
            + " and "
            + more
            + " more; ask again later");
  }
}
