package io.github.tfbit.serving;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.github.tfbit.ServedModel;
import io.github.tfbit.batch.BatchQueue;
import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.data.ImageException;
import io.github.tfbit.data.ImageSize;
import io.github.tfbit.data.ImageSource;
import io.github.tfbit.image.ImageDecoder;
import io.grpc.Status;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.proto.Example;
import org.tensorflow.proto.Feature;
import org.tensorflow.proto.SignatureDef;

/**
 * Answers requests by a model's signatures. Every picture is prepared on its own, so that a bad one
 * fails its own request only, and computed together with those of other requests. Safe from any
 * thread; owns its threads.
 */
final class Predictor implements AutoCloseable {
  /** Where Google's converters put a picture's bytes. */
  private static final String ENCODED = "image/encoded";

  private static final System.Logger LOG = System.getLogger(Predictor.class.getName());

  private final ServedModel model;
  private final int capacity;
  private final Metrics metrics;
  private final AtomicInteger inHand = new AtomicInteger();
  private final ExecutorService preparers;
  private final BatchQueue<Prepared, ServedModel.Row> queue;

  /** A picture as the network takes it. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Prepared(float[] pixels, ImageSize size) {}

  /** Makes a picture ready; on a preparer's thread. */
  private interface Preparation {
    Prepared run() throws IOException;
  }

  /**
   * Starts the threads.
   *
   * @param model stays the caller's, and open until this is closed
   * @param capacity pictures in hand at most
   * @param metrics told what happens
   */
  Predictor(ServedModel model, int capacity, Metrics metrics) {
    this.model = model;
    this.capacity = capacity;
    this.metrics = metrics;
    int cores = Runtime.getRuntime().availableProcessors();
    this.preparers =
        Executors.newFixedThreadPool(
            cores,
            task -> {
              Thread thread = new Thread(task, "tfbit-prepare");
              thread.setDaemon(true);
              return thread;
            });
    this.queue =
        BatchQueue.of(this::compute)
            .kind(Prepared::size)
            .most(p -> model.microBatch(p.size()))
            .capacity(capacity)
            .workers(1)
            .build();
    metrics.watch(inHand, queue);
  }

  private List<ServedModel.Row> compute(List<Prepared> batch) {
    List<ServedModel.Row> rows =
        model.compute(batch.stream().map(Prepared::pixels).toList(), batch.get(0).size());
    metrics.batch(batch.size());
    return rows;
  }

  /** The ways to call it. */
  Map<String, SignatureDef> signatures() {
    return model.signatures();
  }

  /**
   * Answers one request.
   *
   * @param key of the signature
   * @param inputs by alias
   * @param filter outputs that are wanted; empty for all
   * @return the outputs by alias, or a {@link ServingException}; cancelling it drops what waits
   * @throws ServingException if the request cannot be taken
   */
  CompletableFuture<Map<String, Value>> predict(
      String key, Map<String, Value> inputs, Collection<String> filter) {
    SignatureDef signature = Contract.signature(signatures(), key);
    Set<String> outputs = Contract.outputs(signature, filter);
    Contract.checkInputs(signature, inputs);
    Value input = inputs.values().iterator().next();
    boolean best = signature.containsOutputs("classes");
    return rows(preparations(input, signature.containsInputs("inputs")))
        .thenApply(rows -> new Answer(model, rows, best).outputs(outputs));
  }

  /** One for each row, by what the rows are. */
  private List<Preparation> preparations(Value input, boolean examples) {
    List<Preparation> all = new ArrayList<>();
    for (int i = 0; i < input.rows(); i++) {
      int row = i;
      if (input.data() instanceof Value.Strings s) {
        all.add(() -> encoded(s.values().get(row), row, examples));
      } else if (input.data() instanceof Value.Bytes b) {
        ImageSize size = size(input);
        int from = row * size.floats();
        all.add(() -> pixels(Arrays.copyOfRange(b.values(), from, from + size.floats()), size));
      } else if (input.data() instanceof Value.Floats f) {
        ImageSize size = size(input);
        int from = row * size.floats();
        all.add(
            () -> new Prepared(Arrays.copyOfRange(f.values(), from, from + size.floats()), size));
      } else {
        throw new IllegalStateException("no signature takes " + input.data().type());
      }
    }
    return all;
  }

  private static ImageSize size(Value input) {
    return new ImageSize(input.shape().get(1), input.shape().get(2));
  }

  private Prepared encoded(ByteString bytes, int row, boolean example) throws IOException {
    ByteString picture = example ? picture(bytes, row) : bytes;
    return new Prepared(
        model.decode(ImageSource.named("row " + row, picture.toByteArray())), model.model().size());
  }

  private static ByteString picture(ByteString example, int row) {
    Feature feature;
    try {
      feature = Example.parseFrom(example).getFeatures().getFeatureMap().get(ENCODED);
    } catch (InvalidProtocolBufferException e) {
      throw ServingException.invalid("Could not parse example input, row " + row);
    }
    if (feature == null || feature.getBytesList().getValueCount() != 1) {
      throw ServingException.invalid(
          "Feature: "
              + ENCODED
              + " (data type: string) is required but could not be found, row "
              + row);
    }
    return feature.getBytesList().getValue(0);
  }

  private Prepared pixels(byte[] rgb, ImageSize size) {
    if (size.area() > ImageDecoder.MAX_PIXELS) {
      throw ServingException.invalid(
          "expected pictures of at most " + ImageDecoder.MAX_PIXELS + " pixels, found " + size);
    }
    return new Prepared(model.resize(rgb, size), model.model().size());
  }

  /** Takes all pictures of a request or none. */
  private CompletableFuture<List<ServedModel.Row>> rows(List<Preparation> pictures) {
    int n = pictures.size();
    if (n > capacity) {
      throw ServingException.invalid(
          "expected at most " + capacity + " pictures in one request, found " + n);
    }
    if (inHand.addAndGet(n) > capacity) {
      inHand.addAndGet(-n);
      metrics.refused();
      throw new ServingException(
          Status.Code.RESOURCE_EXHAUSTED,
          "the queue is full: " + capacity + " pictures are in hand; try again later");
    }
    List<CompletableFuture<ServedModel.Row>> rows = pictures.stream().map(this::row).toList();
    CompletableFuture<List<ServedModel.Row>> all = new CompletableFuture<>();
    AtomicInteger left = new AtomicInteger(n);
    for (CompletableFuture<ServedModel.Row> row : rows) {
      Futures.after(
          row,
          (r, e) -> {
            inHand.decrementAndGet();
            if (e != null) {
              all.completeExceptionally(e); // the first failure is the request's
            }
            if (left.decrementAndGet() == 0 && !all.isDone()) {
              all.complete(rows.stream().map(CompletableFuture::join).toList());
            }
          });
    }
    Futures.after(all, (r, e) -> rows.forEach(row -> row.cancel(false))); // what nobody wants
    return all;
  }

  private CompletableFuture<ServedModel.Row> row(Preparation picture) {
    CompletableFuture<ServedModel.Row> row = new CompletableFuture<>();
    preparers.execute(
        () -> {
          if (row.isDone()) {
            return; // cancelled meanwhile
          }
          try {
            CompletableFuture<ServedModel.Row> computed = queue.submit(picture.run());
            Futures.after(computed, (r, e) -> complete(row, r, e));
            Futures.after(row, (r, e) -> computed.cancel(false));
          } catch (IOException | RuntimeException | Error e) {
            complete(row, null, e);
          }
        });
    return row;
  }

  private static void complete(
      CompletableFuture<ServedModel.Row> row, ServedModel.Row value, Throwable e) {
    if (e == null) {
      row.complete(value);
    } else {
      row.completeExceptionally(translated(e));
    }
  }

  /** What a client is told of a failure. */
  private static ServingException translated(Throwable e) {
    if (e instanceof ServingException s) {
      return s;
    }
    if (e instanceof ImageException i) { // its advice is for files of a data set
      Problem p = i.problem();
      return ServingException.invalid(
          p.where() + ": expected " + p.expected() + ", found " + p.found());
    }
    if (e instanceof TensorFlowException) {
      return ServingException.invalid(e.getMessage());
    }
    if (e instanceof RejectedExecutionException || e instanceof CancellationException) {
      return new ServingException(Status.Code.UNAVAILABLE, "the server stops, or the call did");
    }
    LOG.log(System.Logger.Level.ERROR, "a request failed", e);
    return new ServingException(Status.Code.INTERNAL, String.valueOf(e.getMessage()));
  }

  /** Answers what is in hand and ends the threads. */
  @Override
  public void close() {
    preparers.shutdown();
    try {
      if (!preparers.awaitTermination(1, TimeUnit.MINUTES)) {
        preparers.shutdownNow();
      }
    } catch (InterruptedException e) {
      preparers.shutdownNow();
      Thread.currentThread().interrupt();
    }
    queue.close();
  }
}
