package io.github.tfbit;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.converters.Activation;
import io.github.tfbit.data.DataException;
import io.github.tfbit.data.Example;
import io.github.tfbit.data.ImageDataset;
import io.github.tfbit.data.ImageSize;
import io.github.tfbit.data.ImageSource;
import io.github.tfbit.evaluate.Answer;
import io.github.tfbit.evaluate.Evaluation;
import io.github.tfbit.graph.BitGraph;
import io.github.tfbit.graph.Endpoint;
import io.github.tfbit.graph.HeadFunction;
import io.github.tfbit.graph.SessionOptions;
import io.github.tfbit.image.ImageDecoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.IntStream;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * What a {@link BitModel} owns: the network, the decoder and its threads. Every call holds the read
 * lock; closing takes the write lock, so it waits for calls under way.
 */
final class Engine implements AutoCloseable {
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private final ModelSettings settings;
  private final BitGraph graph;
  private final ImageDecoder decoder;
  private final Inference inference;
  private boolean closed;

  private Engine(
      ModelSettings settings, BitGraph graph, ImageDecoder decoder, Inference inference) {
    this.settings = settings;
    this.graph = graph;
    this.decoder = decoder;
    this.inference = inference;
  }

  /**
   * Builds the network and loads its weights.
   *
   * @param weights only read
   * @param settings that fit the weights
   * @param head what makes logits of features
   * @param options where to compute, and the threads to compute and decode with
   * @return an open engine
   */
  static Engine open(
      Checkpoint weights, ModelSettings settings, HeadFunction head, SessionOptions options)
      throws IOException {
    int threads = options.threads();
    BitGraph graph =
        BitGraph.open(weights, settings.architecture(), settings.head(), head, options);
    try {
      int decoding = threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
      return new Engine(
          settings,
          graph,
          ImageDecoder.open(settings.decoding(), threads),
          new Inference(graph, options.streams(), decoding));
    } catch (RuntimeException | Error e) {
      graph.close();
      throw e;
    }
  }

  /** Computes the class scores of pictures. */
  void logits(List<ImageSource> images, Inference.Sink sink) throws IOException {
    settings.requireHead();
    run(images, Endpoint.LOGITS, sink);
  }

  /** Computes pictures of the model's size. */
  void run(List<ImageSource> images, Endpoint at, Inference.Sink sink) throws IOException {
    decodeAndRun(images.stream().map(this::decoding).toList(), at, sink);
  }

  /**
   * Computes a data set's pictures from one on.
   *
   * @param from a multiple of the micro-batch, for the bits to be those of a run from the first on
   */
  void run(ImageDataset data, int from, Endpoint at, Inference.Sink sink) throws IOException {
    Shown[] shown = new Shown[data.size()];
    decodeAndRun(
        IntStream.range(from, data.size()).mapToObj(i -> decoding(data, i, shown)).toList(),
        at,
        sink);
  }

  /** Computes the class scores of a whole data set, counts them and shows them. */
  void evaluate(ImageDataset data, Evaluation.Counter counter, Answer.Sink sink)
      throws IOException {
    Shown[] shown = new Shown[data.size()];
    List<PixelBatch.Decoding> pictures =
        IntStream.range(0, data.size()).mapToObj(i -> decoding(data, i, shown)).toList();
    decodeAndRun(
        pictures,
        Endpoint.LOGITS,
        (from, failures, rows) -> {
          FeatureRows.requireAll(failures);
          for (int i = 0; i < failures.size(); i++) {
            Shown picture = shown[from + i];
            shown[from + i] = null;
            requireLabel(picture);
            counter.add(rows.row(i), picture.labels());
            sink.accept(new Answer(from + i, picture.id(), picture.labels(), rows.row(i)));
          }
        });
  }

  /** A softmax head says that every picture is of one class. */
  private void requireLabel(Shown picture) throws DataException {
    if (picture.labels().length == 0 && settings.requireHead().activation() == Activation.SOFTMAX) {
      throw new DataException(
          new Problem(
              "a class, for a model whose head is a softmax",
              "none",
              picture.id(),
              "leave the picture out, or judge a model that was trained with a sigmoid"));
    }
  }

  /** What is known of a picture once it was fetched. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Shown(String id, int[] labels) {}

  private PixelBatch.Decoding decoding(ImageSource image) {
    return row -> decoder.decode(image, settings.size(), row);
  }

  /** What is shown becomes visible to the reader together with the decoded row. */
  private PixelBatch.Decoding decoding(ImageDataset data, int index, Shown[] shown) {
    return row -> {
      Example example = data.example(index);
      shown[index] = new Shown(example.id(), example.labels());
      decoder.decode(ImageSource.named(example.id(), example.encoded()), settings.size(), row);
    };
  }

  private void decodeAndRun(List<PixelBatch.Decoding> pictures, Endpoint at, Inference.Sink sink)
      throws IOException {
    Lock held = enter();
    try {
      ImageSize size = settings.size();
      inference.run(pictures, size, microBatch(size, pictures.size()), at, sink);
    } finally {
      held.unlock();
    }
  }

  private int microBatch(ImageSize size, int pictures) {
    return MicroBatch.of(settings.architecture(), size, pictures, inference.streams());
  }

  /** Computes pixels as they are, in micro-batches by the same rule. */
  FeatureMap run(Endpoint at, float[] pixels, ImageSize size) {
    int one = size.floats();
    if (pixels.length == 0 || pixels.length % one != 0) {
      throw new IllegalArgumentException(
          "expected a multiple of " + one + " values, 3 x " + size + ", found " + pixels.length);
    }
    int rows = pixels.length / one;
    List<PixelBatch.Decoding> copies =
        IntStream.range(0, rows)
            .mapToObj(i -> (PixelBatch.Decoding) row -> row.put(pixels, i * one, one))
            .toList();
    FeatureRows.Collector collector = new FeatureRows.Collector(rows);
    int microBatch = microBatch(size, rows);
    Lock held = enter();
    try {
      inference.run(copies, size, microBatch, at, (from, bad, found) -> collector.add(from, found));
    } catch (IOException e) {
      throw new UncheckedIOException("pixels lie in memory already", e);
    } finally {
      held.unlock();
    }
    return collector.result();
  }

  /** Decodes one picture to the model's size, in [-1, 1]. */
  void decode(ImageSource picture, FloatBuffer target) throws IOException {
    Lock held = enter();
    try {
      decoder.decode(picture, settings.size(), target);
    } finally {
      held.unlock();
    }
  }

  /**
   * Logits and pre-logits of the same pictures.
   *
   * @param logits one row per picture
   * @param features one row per picture
   */
  record Both(FeatureRows logits, FeatureRows features) {}

  /** Computes prepared pictures of one size in one go. */
  Both logitsAndFeatures(List<float[]> pictures, ImageSize size) {
    int one = size.floats();
    Lock held = enter();
    try (TFloat32 batch =
        TFloat32.tensorOf(Shape.of(pictures.size(), size.height(), size.width(), 3))) {
      for (int i = 0; i < pictures.size(); i++) {
        float[] pixels = pictures.get(i);
        if (pixels.length != one) {
          throw new IllegalArgumentException(
              "expected " + one + " values, 3 x " + size + ", found " + pixels.length);
        }
        batch.asRawTensor().data().asFloats().offset((long) i * one).write(pixels);
      }
      List<FeatureRows> both = inference.runBoth(batch);
      return new Both(both.get(0), both.get(1));
    } finally {
      held.unlock();
    }
  }

  /** The network. */
  BitGraph graph() {
    enter().unlock();
    return graph;
  }

  private Lock enter() {
    Lock read = lock.readLock();
    read.lock();
    if (closed) {
      read.unlock();
      throw new IllegalStateException("expected an open model, found one that was closed");
    }
    return read;
  }

  @Override
  public void close() {
    Lock write = lock.writeLock();
    write.lock();
    try {
      if (!closed) {
        closed = true;
        inference.close();
        decoder.close();
        graph.close();
      }
    } finally {
      write.unlock();
    }
  }
}
