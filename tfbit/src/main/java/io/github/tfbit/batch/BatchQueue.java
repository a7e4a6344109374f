package io.github.tfbit.batch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * Collects what many threads ask for and computes it in batches. A batch is whatever waits when a
 * worker is free, so that a single caller never waits for others and many share the work. The queue
 * is bounded: what does not fit is refused at once.
 *
 * <p>Safe from any thread. Owns its workers; {@link #close} computes what waits and ends them.
 *
 * @param <I> what is asked for
 * @param <O> the answer to one
 */
public final class BatchQueue<I, O> implements AutoCloseable {
  private final Function<List<I>, List<O>> compute;
  private final Function<I, ?> kind;
  private final ToIntFunction<I> most;
  private final int capacity;
  private final Deque<Waiting<I, O>> queue = new ArrayDeque<>();
  private final List<Thread> workers = new ArrayList<>();
  private boolean closed;

  /** One request and where its answer goes. */
  private record Waiting<I, O>(I request, CompletableFuture<O> answer) {}

  private BatchQueue(Builder<I, O> builder) {
    this.compute = builder.compute;
    this.kind = builder.kind;
    this.most = builder.most;
    this.capacity = builder.capacity;
    for (int i = 0; i < builder.workers; i++) {
      Thread worker = new Thread(this::work, "tfbit-batch-" + i);
      worker.setDaemon(true);
      workers.add(worker);
    }
    workers.forEach(Thread::start);
  }

  /**
   * Starts with what computes.
   *
   * @param compute gives one answer per request, in order; called by the workers only. What it
   *     throws becomes the answer, after each request of the batch was tried alone
   * @param <I> what is asked for
   * @param <O> the answer to one
   * @return settings to change
   */
  public static <I, O> Builder<I, O> of(Function<List<I>, List<O>> compute) {
    return new Builder<>(compute);
  }

  /**
   * Asks for one answer.
   *
   * @param request to compute
   * @return its answer; cancelling it takes the request out of the queue if it still waits
   * @throws QueueFullException if the queue is full
   * @throws RejectedExecutionException after {@link #close}
   */
  public CompletableFuture<O> submit(I request) {
    return submitAll(List.of(request)).get(0);
  }

  /**
   * Asks for several answers: all are taken, or none.
   *
   * @param requests to compute
   * @return their answers, in order
   * @throws QueueFullException if not all fit
   * @throws RejectedExecutionException after {@link #close}
   */
  public List<CompletableFuture<O>> submitAll(List<I> requests) {
    List<CompletableFuture<O>> answers = new ArrayList<>();
    synchronized (queue) {
      if (closed) {
        throw new RejectedExecutionException("expected an open queue, found one that was closed");
      }
      if (queue.size() + requests.size() > capacity) {
        queue.removeIf(w -> w.answer.isDone());
      }
      if (queue.size() + requests.size() > capacity) {
        throw new QueueFullException(queue.size(), requests.size(), capacity);
      }
      for (I request : requests) {
        Waiting<I, O> waiting = new Waiting<>(request, new CompletableFuture<>());
        queue.add(waiting);
        answers.add(waiting.answer);
      }
      queue.notifyAll();
    }
    return answers;
  }

  /**
   * How many requests wait for a worker now.
   *
   * @return at most the capacity
   */
  public int waiting() {
    synchronized (queue) {
      return queue.size();
    }
  }

  private void work() {
    for (List<Waiting<I, O>> batch = next(); !batch.isEmpty(); batch = next()) {
      answer(batch);
    }
  }

  /** Waits for requests and takes those that fit the first; none once the queue has ended. */
  private List<Waiting<I, O>> next() {
    List<Waiting<I, O>> batch = new ArrayList<>();
    synchronized (queue) {
      while (batch.isEmpty()) {
        while (queue.isEmpty() && !closed) {
          try {
            queue.wait();
          } catch (InterruptedException e) {
            closed = true; // nobody else knows this thread: it was told to end
          }
        }
        if (queue.isEmpty()) {
          return batch;
        }
        take(batch);
      }
    }
    return batch;
  }

  private void take(List<Waiting<I, O>> batch) {
    Object first = null;
    int limit = 1;
    Iterator<Waiting<I, O>> all = queue.iterator();
    while (all.hasNext() && batch.size() < limit) {
      Waiting<I, O> waiting = all.next();
      if (waiting.answer.isDone()) {
        all.remove(); // cancelled
      } else if (batch.isEmpty()) {
        first = kind.apply(waiting.request);
        limit = Math.max(1, most.applyAsInt(waiting.request));
        all.remove();
        batch.add(waiting);
      } else if (Objects.equals(first, kind.apply(waiting.request))) {
        all.remove();
        batch.add(waiting);
      }
    }
  }

  private void answer(List<Waiting<I, O>> batch) {
    try {
      List<O> answers = compute.apply(batch.stream().map(Waiting::request).toList());
      if (answers.size() != batch.size()) {
        throw new IllegalStateException(
            "expected " + batch.size() + " answers, found " + answers.size());
      }
      for (int i = 0; i < batch.size(); i++) {
        batch.get(i).answer.complete(answers.get(i));
      }
    } catch (RuntimeException | Error e) {
      if (batch.size() == 1) {
        batch.get(0).answer.completeExceptionally(e);
      } else {
        batch.forEach(w -> answer(List.of(w)));
      }
    }
  }

  /** Takes no more, computes what waits, and returns when all is answered. */
  @Override
  public void close() {
    synchronized (queue) {
      closed = true;
      queue.notifyAll();
    }
    boolean interrupted = false;
    for (Thread worker : workers) {
      while (worker.isAlive()) {
        try {
          worker.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Settings of a queue. Not safe for several threads.
   *
   * @param <I> what is asked for
   * @param <O> the answer to one
   */
  public static final class Builder<I, O> {
    private final Function<List<I>, List<O>> compute;
    private Function<I, ?> kind = request -> null;
    private ToIntFunction<I> most = request -> 8;
    private int capacity = 256;
    private int workers = 1;

    private Builder(Function<List<I>, List<O>> compute) {
      this.compute = Objects.requireNonNull(compute, "compute");
    }

    /**
     * What may be computed together.
     *
     * @param kind requests of equal kinds share a batch; by default all do
     * @return this
     */
    public Builder<I, O> kind(Function<I, ?> kind) {
      this.kind = Objects.requireNonNull(kind, "kind");
      return this;
    }

    /**
     * How large a batch may be.
     *
     * @param most of the batch that a request is the first of; by default 8
     * @return this
     */
    public Builder<I, O> most(ToIntFunction<I> most) {
      this.most = Objects.requireNonNull(most, "most");
      return this;
    }

    /**
     * How many requests may wait.
     *
     * @param capacity at least 1, by default 256
     * @return this
     */
    public Builder<I, O> capacity(int capacity) {
      this.capacity = positive(capacity);
      return this;
    }

    /**
     * How many batches are computed at a time.
     *
     * @param workers at least 1, the default
     * @return this
     */
    public Builder<I, O> workers(int workers) {
      this.workers = positive(workers);
      return this;
    }

    private static int positive(int value) {
      if (value < 1) {
        throw new IllegalArgumentException("expected at least 1, found " + value);
      }
      return value;
    }

    /**
     * Starts the workers.
     *
     * @return an open queue; the caller closes it
     */
    public BatchQueue<I, O> build() {
      return new BatchQueue<>(this);
    }
  }
}
