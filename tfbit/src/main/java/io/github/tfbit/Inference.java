package io.github.tfbit;

import io.github.tfbit.data.ImageException;
import io.github.tfbit.data.ImageSize;
import io.github.tfbit.graph.BitGraph;
import io.github.tfbit.graph.Endpoint;
import io.github.tfbit.graph.Tensors;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.tensorflow.Result;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * Runs pictures through a network in micro-batches: while one is computed, the next is decoded on
 * threads of its own. What is computed depends on the pictures and their order alone.
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
  private final ExecutorService decoders;

  /**
   * Wraps an open network.
   *
   * @param graph stays the caller's
   * @param threads that decode
   */
  Inference(BitGraph graph, int threads) {
    this.graph = graph;
    this.decoders =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, "tfbit-decoder");
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
        finish(batch, 0, at, sink);
      }
      return;
    }
    PixelBatch next = pictures.isEmpty() ? null : start(pictures, 0, size, microBatch);
    for (int from = 0; from < pictures.size(); from += microBatch) {
      try (PixelBatch batch = next) {
        next = null;
        batch.await();
        int following = from + microBatch;
        next = following < pictures.size() ? start(pictures, following, size, microBatch) : null;
        finish(batch, from, at, sink);
      } catch (IOException | RuntimeException | Error e) {
        if (next != null) {
          next.close();
        }
        throw e;
      }
    }
  }

  private PixelBatch start(
      List<? extends PixelBatch.Decoding> pictures, int from, ImageSize size, int microBatch) {
    int to = Math.min(pictures.size(), from + microBatch);
    return PixelBatch.start(pictures.subList(from, to), size, decoders);
  }

  private void finish(PixelBatch batch, int from, Endpoint at, Sink sink) throws IOException {
    List<Optional<ImageException>> failures = batch.await();
    boolean allFailed = failures.stream().allMatch(Optional::isPresent);
    FeatureRows rows =
        allFailed ? new FeatureRows(new float[0], Shape.of(0)) : run(batch.pixels(), at);
    sink.accept(from, failures, rows);
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
    decoders.shutdown();
  }
}
