package io.github.tfbit;

import io.github.tfbit.data.ImageException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.tensorflow.ndarray.Shape;

/**
 * What the network made of one micro-batch.
 *
 * @param values one row per picture in C order; of a picture that failed they mean nothing
 * @param shape of the values, the rows first
 */
@SuppressWarnings("ArrayRecordComponent")
record FeatureRows(float[] values, Shape shape) {
  /** A copy of one picture's values. */
  float[] row(int i) {
    int length = values.length / rows();
    return Arrays.copyOfRange(values, i * length, (i + 1) * length);
  }

  int rows() {
    return Math.toIntExact(shape.get(0));
  }

  /** Throws the first failure there is. */
  static void requireAll(List<Optional<ImageException>> failures) throws ImageException {
    for (Optional<ImageException> failure : failures) {
      if (failure.isPresent()) {
        throw failure.get();
      }
    }
  }

  /** Puts micro-batches together again. */
  static final class Collector implements Inference.Sink {
    private final int pictures;
    private float[] values = new float[0];
    private int[] shape = {};

    /**
     * Starts with nothing.
     *
     * @param pictures that will come
     */
    Collector(int pictures) {
      if (pictures < 1) {
        throw new IllegalArgumentException("expected at least one picture, found none");
      }
      this.pictures = pictures;
    }

    @Override
    public void accept(int from, List<Optional<ImageException>> failures, FeatureRows rows)
        throws IOException {
      requireAll(failures);
      add(from, rows);
    }

    /** Adds the rows from an index on. */
    void add(int from, FeatureRows rows) {
      int length = rows.values().length / rows.rows();
      if (from == 0) {
        values = new float[Math.multiplyExact(pictures, length)];
        shape = Arrays.stream(rows.shape().asArray()).mapToInt(Math::toIntExact).toArray();
        shape[0] = pictures;
      }
      System.arraycopy(rows.values(), 0, values, from * length, rows.values().length);
    }

    /** All rows. */
    FeatureMap result() {
      return new FeatureMap(values, Arrays.stream(shape).boxed().toList());
    }
  }
}
