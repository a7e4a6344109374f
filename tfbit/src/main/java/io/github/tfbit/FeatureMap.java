package io.github.tfbit;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * What the network computes at one of its endpoints, one row per picture. The values are the
 * caller's.
 */
public final class FeatureMap {
  private final float[] values;
  private final List<Integer> shape;

  /**
   * Wraps values without a copy.
   *
   * @param values float32 in C order
   * @param shape {@code [rows, channels]} or {@code [rows, height, width, channels]}
   * @throws IllegalArgumentException if the two do not fit each other
   */
  FeatureMap(float[] values, List<Integer> shape) {
    if (shape.size() != 2 && shape.size() != 4) {
      throw new IllegalArgumentException("expected a shape of rank 2 or 4, found " + shape);
    }
    long elements = shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
    if (elements != values.length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "expected %d values for %s, found %d", elements, shape, values.length));
    }
    this.values = values;
    this.shape = List.copyOf(shape);
  }

  /**
   * The values themselves, not a copy.
   *
   * @return float32 in C order, laid out as {@link #shape} says
   */
  public float[] values() {
    return values;
  }

  /**
   * Sizes of the dimensions.
   *
   * @return {@code [rows, channels]} for pre-logits and logits, {@code [rows, height, width,
   *     channels]} for the root block and the four blocks
   */
  public List<Integer> shape() {
    return shape;
  }

  /**
   * Number of pictures.
   *
   * @return the first dimension
   */
  public int rows() {
    return shape.get(0);
  }

  /**
   * Height of the map.
   *
   * @return cells; 1 for pre-logits and logits
   */
  public int height() {
    return shape.size() == 4 ? shape.get(1) : 1;
  }

  /**
   * Width of the map.
   *
   * @return cells; 1 for pre-logits and logits
   */
  public int width() {
    return shape.size() == 4 ? shape.get(2) : 1;
  }

  /**
   * Length of the vector in each cell.
   *
   * @return the last dimension
   */
  public int channels() {
    return shape.get(shape.size() - 1);
  }

  /**
   * One value.
   *
   * @param row picture, from 0
   * @param y cell from the top, from 0
   * @param x cell from the left, from 0
   * @param channel from 0
   * @return the value there
   * @throws IndexOutOfBoundsException if there is no such cell
   */
  public float at(int row, int y, int x, int channel) {
    Objects.checkIndex(y, height());
    Objects.checkIndex(x, width());
    Objects.checkIndex(channel, channels());
    int cell = (Objects.checkIndex(row, rows()) * height() + y) * width() + x;
    return values[cell * channels() + channel];
  }
}
