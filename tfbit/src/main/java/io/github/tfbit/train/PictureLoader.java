package io.github.tfbit.train;

import io.github.tfbit.converters.Activation;
import io.github.tfbit.data.Example;
import io.github.tfbit.data.ImageDataset;
import io.github.tfbit.image.BatchDecoder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

/** Fetches bytes on several threads and turns them into tensors. */
final class PictureLoader implements AutoCloseable {
  private final ImageDataset data;
  private final BatchDecoder decoder;
  private final Activation activation;
  private final ExecutorService fetchers;
  private final int threads;

  /** The decoder stays the caller's. */
  PictureLoader(ImageDataset data, BatchDecoder decoder, Activation activation, int threads) {
    this.data = data;
    this.decoder = decoder;
    this.activation = activation;
    this.threads = threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
    fetchers =
        Executors.newFixedThreadPool(
            this.threads,
            r -> {
              Thread t = new Thread(r, "tfbit-fetch");
              t.setDaemon(true);
              return t;
            });
  }

  /** Starts fetching; a task for each thread, for small files the task costs more than the file. */
  List<Future<List<BatchDecoder.Prepared>>> fetch(int[] sources) {
    List<Future<List<BatchDecoder.Prepared>>> parts = new ArrayList<>();
    int size = (sources.length + threads - 1) / threads;
    for (int from = 0; from < sources.length; from += size) {
      int[] part = Arrays.copyOfRange(sources, from, Math.min(sources.length, from + size));
      parts.add(fetchers.submit(() -> examples(part)));
    }
    return parts;
  }

  private List<BatchDecoder.Prepared> examples(int[] sources) throws IOException {
    List<BatchDecoder.Prepared> examples = new ArrayList<>(sources.length);
    for (int s : sources) {
      examples.add(decoder.prepare(data.example(s)));
    }
    return examples;
  }

  /** Waits for the bytes and decodes them. */
  MicroBatch decode(List<Future<List<BatchDecoder.Prepared>>> parts, long position, Runnable closed)
      throws IOException, InterruptedException {
    List<BatchDecoder.Prepared> pictures = await(parts);
    List<Example> examples = pictures.stream().map(BatchDecoder.Prepared::example).toList();
    List<int[]> classes = new ArrayList<>(examples.size());
    long[] positions = new long[examples.size()];
    for (int i = 0; i < positions.length; i++) {
      positions[i] = position + i;
      classes.add(examples.get(i).labels());
    }
    List<String> ids = examples.stream().map(Example::id).toList();
    float[] labels = LabelRows.of(ids, classes, data.classes().size(), activation);
    BatchDecoder.Decoded decoded = decoder.decodePrepared(pictures, positions);
    Shape shape = Shape.of(examples.size(), data.classes().size());
    return new MicroBatch(
        decoded.images(),
        TFloat32.tensorOf(shape, DataBuffers.of(labels)),
        classes,
        () -> {
          decoded.close();
          closed.run();
        });
  }

  private static List<BatchDecoder.Prepared> await(List<Future<List<BatchDecoder.Prepared>>> parts)
      throws IOException, InterruptedException {
    List<BatchDecoder.Prepared> examples = new ArrayList<>();
    for (Future<List<BatchDecoder.Prepared>> part : parts) {
      try {
        examples.addAll(part.get());
      } catch (ExecutionException e) {
        if (e.getCause() instanceof IOException io) {
          throw io;
        }
        throw new IOException("fetching a picture failed: " + e.getCause(), e.getCause());
      }
    }
    return examples;
  }

  @Override
  public void close() {
    fetchers.shutdownNow();
  }
}
