package io.github.tfbit;

import com.google.common.util.concurrent.Uninterruptibles;
import io.github.tfbit.data.ImageException;
import io.github.tfbit.data.ImageSize;
import io.github.tfbit.graph.Tensors;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * Pictures on their way into a tensor {@code [rows, height, width, 3]}. Each row is filled by a
 * task of its own, straight into the tensor's memory. A picture that cannot be decoded leaves its
 * row grey, so that the other rows are computed exactly as they would be beside a good one.
 *
 * <p>Owns the tensor: closing waits for the tasks and frees it.
 */
final class PixelBatch implements AutoCloseable {
  /** Decodes one picture. */
  interface Decoding {
    /**
     * Fills one row.
     *
     * @param row receives RGB in [-1, 1]; exactly one picture long
     * @throws ImageException if it is no picture
     * @throws IOException if it cannot be fetched
     */
    void into(FloatBuffer row) throws IOException;
  }

  private final TFloat32 pixels;
  private final List<FutureTask<Optional<ImageException>>> rows = new ArrayList<>();

  private PixelBatch(TFloat32 pixels) {
    this.pixels = pixels;
  }

  /**
   * Starts decoding.
   *
   * @param pictures one per row
   * @param size of every row
   * @param executor runs the tasks
   * @return a batch that fills; the caller closes it
   */
  static PixelBatch start(List<? extends Decoding> pictures, ImageSize size, Executor executor) {
    TFloat32 tensor = TFloat32.tensorOf(Shape.of(pictures.size(), size.height(), size.width(), 3));
    PixelBatch batch = new PixelBatch(tensor);
    try {
      FloatBuffer memory = Tensors.memory(tensor).asFloatBuffer();
      int floats = size.floats();
      for (int i = 0; i < pictures.size(); i++) {
        FloatBuffer row = memory.slice(i * floats, floats);
        Decoding picture = pictures.get(i);
        FutureTask<Optional<ImageException>> task = new FutureTask<>(() -> decode(picture, row));
        batch.rows.add(task);
        executor.execute(task);
      }
      return batch;
    } catch (RuntimeException | Error e) {
      batch.close();
      throw e;
    }
  }

  private static Optional<ImageException> decode(Decoding picture, FloatBuffer row)
      throws IOException {
    try {
      picture.into(row.duplicate());
      return Optional.empty();
    } catch (ImageException e) {
      while (row.hasRemaining()) {
        row.put(0);
      }
      return Optional.of(e);
    }
  }

  /**
   * Waits until every row is filled.
   *
   * @return for each row why it is no picture, empty for a good one
   * @throws IOException if a picture could not be fetched
   */
  List<Optional<ImageException>> await() throws IOException {
    List<Optional<ImageException>> failures = new ArrayList<>();
    for (FutureTask<Optional<ImageException>> row : rows) {
      try {
        failures.add(Uninterruptibles.getUninterruptibly(row));
      } catch (ExecutionException e) {
        throw rethrown(e.getCause());
      }
    }
    return failures;
  }

  static IOException rethrown(Throwable cause) {
    if (cause instanceof RuntimeException r) {
      throw r;
    }
    if (cause instanceof Error e) {
      throw e;
    }
    return (IOException) cause;
  }

  /**
   * The pictures, once {@link #await} has returned.
   *
   * @return open until this is closed
   */
  TFloat32 pixels() {
    return pixels;
  }

  @Override
  public void close() {
    for (FutureTask<?> row : rows) {
      if (!row.isDone()) {
        awaitQuietly(row);
      }
    }
    pixels.close();
  }

  /** What went wrong in the row was either reported by await or is not asked for any more. */
  private static void awaitQuietly(FutureTask<?> row) {
    try {
      Uninterruptibles.getUninterruptibly(row);
    } catch (ExecutionException e) {
      System.getLogger(PixelBatch.class.getName())
          .log(System.Logger.Level.DEBUG, "a picture that nobody waits for", e);
    }
  }
}
