package io.github.tfbit;

import com.google.common.util.concurrent.Uninterruptibles;
import io.github.tfbit.data.ImageException;
import io.github.tfbit.data.ImageSize;
import io.github.tfbit.graph.BitGraph;
import io.github.tfbit.graph.Endpoint;
import io.github.tfbit.graph.Tensors;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import org.tensorflow.Result;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * Runs pictures through a network in micro-batches: while one or, in several streams, some are
 * computed, the next is decoded on threads of its own. What is computed depends on the pictures and
 * their order alone.
 */
final class Inference implements AutoCloseable {
  /** Takes what the network made of one micro-batch. */
  interface Sink {
    /**
     * One micro-batch.
     *
     * @param from index of its first picture
     * @param failures for each picture why it is none, empty for a good one
     * @param rows one per picture; none at all if every picture failed
     * @throws IOException to end the run
     */
    void accept(int from, List<Optional<ImageException>> failures, FeatureRows rows)
        throws IOException;
  }

  private final BitGraph graph;
  private final int streams;
  private final ExecutorService decoders;
  private final ExecutorService computers;

  /**
   * Wraps an open network.
   *
   * @param graph stays the caller's
   * @param streams micro-batches that are computed at the same time
   * @param threads that decode
   */
  Inference(BitGraph graph, int streams, int threads) {
    this.graph = graph;
    this.streams = streams;
    this.decoders = pool("tfbit-decoder", threads);
    this.computers = pool("tfbit-stream", streams);
  }

  /** Micro-batches that are computed at the same time. */
  int streams() {
    return streams;
  }

  private static ExecutorService pool(String name, int threads) {
    return Executors.newFixedThreadPool(
        threads,
        task -> {
          Thread thread = new Thread(task, name);
          thread.setDaemon(true);
          return thread;
        });
  }

  /**
   * Runs pictures through the network.
   *
   * @param pictures in order
   * @param size they are decoded to
   * @param microBatch pictures at a time
   * @param at what to compute
   * @param sink called in order, on this thread
   * @throws IOException if a picture cannot be fetched, or from the sink
   */
  void run(
      List<? extends PixelBatch.Decoding> pictures,
      ImageSize size,
      int microBatch,
      Endpoint at,
      Sink sink)
      throws IOException {
    if (pictures.size() == 1) {
      try (PixelBatch batch = PixelBatch.start(pictures, size, Runnable::run)) {
        compute(batch, at).into(sink, 0);
      }
      return;
    }
    Deque<Pending> ahead = new ArrayDeque<>();
    try {
      int next = 0;
      for (int from = 0; from < pictures.size(); from += microBatch) {
        for (; next < pictures.size() && ahead.size() <= streams; next += microBatch) {
          int to = Math.min(pictures.size(), next + microBatch);
          ahead.add(start(PixelBatch.start(pictures.subList(next, to), size, decoders), at));
        }
        try (Pending first = ahead.remove()) {
          first.outcome().into(sink, from);
        }
      }
    } finally {
      ahead.forEach(Pending::close);
    }
  }

  private Pending start(PixelBatch batch, Endpoint at) {
    Pending pending = new Pending(batch, at);
    computers.execute(pending.task);
    return pending;
  }

  /** A micro-batch that is decoded and computed meanwhile. */
  private final class Pending implements AutoCloseable {
    private final PixelBatch batch;
    private final FutureTask<Outcome> task;
    private boolean closed;

    Pending(PixelBatch batch, Endpoint at) {
      this.batch = batch;
      this.task = new FutureTask<>(() -> computeUnlessClosed(at));
    }

    private synchronized Outcome computeUnlessClosed(Endpoint at) throws IOException {
      if (closed) {
        throw new CancellationException();
      }
      return compute(batch, at);
    }

    Outcome outcome() throws IOException {
      try {
        return Uninterruptibles.getUninterruptibly(task);
      } catch (ExecutionException e) {
        throw PixelBatch.rethrown(e.getCause());
      }
    }

    /** Waits for the computation if it is under way; it does not begin afterwards. */
    @Override
    public synchronized void close() {
      closed = true;
      batch.close();
    }
  }

  /** What became of one micro-batch. */
  private record Outcome(List<Optional<ImageException>> failures, FeatureRows rows) {
    void into(Sink sink, int from) throws IOException {
      sink.accept(from, failures, rows);
    }
  }

  private Outcome compute(PixelBatch batch, Endpoint at) throws IOException {
    List<Optional<ImageException>> failures = batch.await();
    boolean allFailed = failures.stream().allMatch(Optional::isPresent);
    FeatureRows rows =
        allFailed ? new FeatureRows(new float[0], Shape.of(0)) : run(batch.pixels(), at);
    return new Outcome(failures, rows);
  }

  /**
   * Runs pixels through the network as they are.
   *
   * @param pixels open {@code [rows, height, width, 3]}, RGB in [-1, 1]; stays the caller's
   * @param at what to compute
   * @return one row per picture
   */
  FeatureRows run(TFloat32 pixels, Endpoint at) {
    try (Result result =
        graph.session().runner().feed(graph.images(), pixels).fetch(graph.at(at)).run()) {
      return rows((TFloat32) result.get(0));
    }
  }

  /**
   * Runs pixels through the network once for both: what the head says, and what it says it from.
   *
   * @param pixels open {@code [rows, height, width, 3]}, RGB in [-1, 1]; stays the caller's
   * @return logits and pre-logits, one row per picture each
   */
  List<FeatureRows> runBoth(TFloat32 pixels) {
    try (Result result =
        graph
            .session()
            .runner()
            .feed(graph.images(), pixels)
            .fetch(graph.at(Endpoint.LOGITS))
            .fetch(graph.at(Endpoint.PRE_LOGITS))
            .run()) {
      return List.of(rows((TFloat32) result.get(0)), rows((TFloat32) result.get(1)));
    }
  }

  private static FeatureRows rows(TFloat32 values) {
    return new FeatureRows(Tensors.floats(values), values.shape());
  }

  @Override
  public void close() {
    computers.shutdown();
    decoders.shutdown();
  }
}
